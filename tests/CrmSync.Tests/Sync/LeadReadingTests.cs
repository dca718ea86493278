using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Tests.Support;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Tests.Sync;

/// <summary>Which leads are worth a second, deeper look.</summary>
public sealed class LeadReadingTests
{
    [Theory]
    [InlineData(true, new[] { ReadDepth.Facts, ReadDepth.History })]
    [InlineData(false, new[] { ReadDepth.Facts })]
    public async Task A_form_is_worth_the_history_where_that_tells_of_forms(bool tells, ReadDepth[] reads)
    {
        var crm = new FakeCrm { HistoryTellsForms = tells };
        crm.Holds("a", "lead");
        var asked = FactValue.Of(new Engagement { Total = 2, LastAt = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero) });
        crm.Records["a"] = crm.Records["a"] with
        {
            Lead = crm.Records["a"].Lead! with { Facts = new LeadFacts.Builder(FactCatalogue.BuiltIn).Set(WellKnownFacts.EngagementPrefix + EngagementKinds.HandRaise, asked).Build() },
        };

        await LeadReading.ReadAsync(crm.Connect(), [new("a", 1, 0)], new Dictionary<string, LeadRecord>(), FactCatalogue.BuiltIn, default);

        Assert.Equal(reads, crm.Reads);
    }
}
