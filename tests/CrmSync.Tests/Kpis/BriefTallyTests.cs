using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;

namespace CrmSync.Tests.Kpis;

/// <summary>The three KPIs alone are those of the whole report.</summary>
public sealed class BriefTallyTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null)]
    [InlineData(60, null)]
    [InlineData(null, "2025-03-30T00:00:00Z")]
    public void Gives_for_all_and_by_month_what_the_whole_report_gives(int? horizon, string? from)
    {
        var random = new Random(7);
        var question = new KpiQuestion(Start.AddDays(400).AddTicks(5))
        {
            CustomerHorizon = horizon is { } days ? TimeSpan.FromDays(days) : null,
            Period = new(from is null ? null : DateTimeOffset.Parse(from, System.Globalization.CultureInfo.InvariantCulture), null),
        };
        KpiGroups whole = new(question, KpiSplit.Month, Zone);
        BriefTally brief = new(question, Zone, byMonth: true);
        foreach (var row in Enumerable.Range(0, 3_000).Select(i => Draw(random, i)))
        {
            whole.Add(row);
            brief.Add(row);
        }
        var expected = whole.Report().Figures.Where(figure => BriefTally.Ids.Contains(figure.Id) && figure.N + figure.Open > 0).Select(Shown).Order();
        var told = brief.Report().Figures.Where(figure => figure.N + figure.Open > 0).Select(Shown).Order().ToList();
        Assert.Contains(told, figure => figure.Contains("2025-06", StringComparison.Ordinal) && figure.Contains("sal-to-won.median", StringComparison.Ordinal));
        Assert.Equal(expected, told);
    }

    [Fact]
    public void A_month_begins_at_midnight_of_the_zone()
    {
        var brief = new BriefTally(new(Start.AddDays(100)), Zone, byMonth: true);
        brief.Add(new EpisodeRow { LeadKey = "a", Episode = 1, MqlAt = new(2025, 1, 31, 22, 59, 59, TimeSpan.Zero) });
        brief.Add(new EpisodeRow { LeadKey = "b", Episode = 1, MqlAt = new(2025, 1, 31, 23, 0, 0, TimeSpan.Zero) });
        Assert.Equal(["2025-01", "2025-02"], brief.Report().Figures.Where(figure => figure is { Id: "mql-to-sal", By: not null }).Select(figure => figure.By));
    }

    private static EpisodeRow Draw(Random random, int number)
    {
        var at = Start.AddMilliseconds(random.NextInt64(420L * 86_400_000));
        var row = new EpisodeRow { LeadKey = $"l{number}", Episode = 1, MqlAt = random.Next(12) == 0 ? null : at, SalesGenerated = random.Next(15) == 0, State = random.Next(20) == 0 ? HandoverState.Superseded : null };
        if (random.Next(2) == 0)
            return row;
        var accepted = at.AddMilliseconds(random.NextInt64(-86_400_000, 25L * 86_400_000));
        row = row with { AcceptedAt = accepted, AcceptedAs = HandoverState.Accepted, AcceptanceInferred = random.Next(8) == 0 };
        return random.Next(6) switch
        {
            0 => row with { LostAt = accepted.AddDays(random.Next(60)) },
            1 => row with { RecycledAt = accepted.AddDays(random.Next(60)) },
            2 => row with { WonAt = accepted.AddMilliseconds(random.NextInt64(-86_400_000, 90L * 86_400_000)), LostAt = accepted.AddDays(1) },
            < 5 => row with { WonAt = accepted.AddMilliseconds(random.NextInt64(90L * 86_400_000)) },
            _ => row,
        };
    }

    private static string Shown(KpiFigure figure) => $"{figure with { Remarks = [] }} {string.Join(',', figure.Remarks)}".Replace("System.Collections.Generic.List`1[CrmSync.Leads.Kpis.KpiRemark]", "", StringComparison.Ordinal);
}
