using CrmSync.Adapters;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Sync;

namespace CrmSync.Tests.Sync;

public class FingerprintsTests
{
    private static readonly CrmMapping Mapping = new()
    {
        Facts = new Dictionary<string, string> { ["company.industry"] = "branche", ["company.employees"] = "ansatte" },
        Values = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["company.industry"] = new Dictionary<string, string> { ["IT"] = "software" } },
        Forms = [new("demo", "handRaise"), new("guide", "contentDownload")],
        Options = new Dictionary<string, string> { ["ApiVersion"] = "2026-09" },
    };

    [Fact]
    public void The_order_of_settings_changes_nothing()
    {
        var turned = Mapping with { Facts = Mapping.Facts.Reverse().ToDictionary(), Options = new Dictionary<string, string> { ["apiversion"] = "2026-09" } };

        Assert.Equal(Fingerprints.Of(Mapping), Fingerprints.Of(turned));
    }

    [Fact]
    public void Each_part_of_the_mapping_counts()
    {
        CrmMapping[] others =
        [
            Mapping with { Stages = new Dictionary<Leads.LifecycleStage, string> { [Leads.LifecycleStage.SalesAccepted] = "sal" } },
            Mapping with { Facts = new Dictionary<string, string>(Mapping.Facts) { ["company.industry"] = "industry" } },
            Mapping with { Values = new Dictionary<string, IReadOnlyDictionary<string, string>>() },
            Mapping with { Forms = [.. Mapping.Forms.Reverse()] },
            Mapping with { Options = new Dictionary<string, string> { ["ApiVersion"] = "v3" } },
        ];

        Assert.Equal(others.Length + 1, others.Append(Mapping).Select(Fingerprints.Of).Distinct().Count());
    }

    [Fact]
    public void A_holiday_more_is_another_calendar()
    {
        var sla = new SlaSettings { Hours = [new(DayOfWeek.Monday, new(8, 0), new(16, 0))] };

        Assert.NotEqual(Fingerprints.Of(sla), Fingerprints.Of(sla with { Holidays = new([], new HashSet<DateOnly> { new(2026, 12, 24) }) }));
        SlaSettings Until(int hour) => sla with { Holidays = new([], new HashSet<DateOnly>(), [new(new DateOnly(2026, 12, 24), new(hour, 0))]) };
        Assert.Equal(3, new[] { sla, Until(12), Until(13) }.Select(Fingerprints.Of).Distinct().Count());
        Assert.Equal(Fingerprints.Of(sla), Fingerprints.Of(sla with { EscalateAt = [10] }));
    }
}
