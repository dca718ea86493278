using CrmSync.Adapters;
using CrmSync.Adapters.Salesforce;
using CrmSync.Leads;

namespace CrmSync.Tests.Adapters;

/// <summary>Which opportunities of a contact are the sales of the lead that it was.</summary>
public sealed class SalesforceDealsTests
{
    private const string Lead = "2026-01-05T07:00:00.000+0000";
    private const string Before = "2024-03-01T09:00:00.000+0000";
    private const string After = "2026-01-09T09:00:00.000+0000";

    [Theory]
    [InlineData(Before, Before, true, false, null)] // bought two years ago
    [InlineData(Before, Before, true, true, null)] // and the lead was joined to that
    [InlineData(Before, After, true, false, null)] // under way before, and not for this lead
    [InlineData(Before, After, true, true, LifecycleStage.Customer)]
    [InlineData(Before, null, false, true, LifecycleStage.Opportunity)]
    [InlineData(After, After, true, false, LifecycleStage.Customer)]
    [InlineData(After, null, false, false, LifecycleStage.Opportunity)]
    public void An_older_one_brings_the_lead_no_further(string made, string? changed, bool isWon, bool isNamed, LifecycleStage? reached)
    {
        var deals = Deals((made, changed, isWon, isNamed));

        Assert.Equal(reached, deals.Reached(SalesforceStreams.Instant(Lead))?.Stage);
        Assert.Equal((isWon, isNamed), (deals.IsWon, Assert.Single(deals.All).IsNamed));
    }

    [Fact]
    public void One_of_the_conversion_is_that_whatever_role_the_contact_has_in_it()
    {
        var deals = new SalesforceDeals();
        deals.Add(Record("ConvertedOpportunity", (After, null, false, true)), "ConvertedOpportunity", "ConvertedOpportunityId", isNamed: true);
        deals.Add(Record("Opportunity", (After, null, false, false)), "Opportunity", "OpportunityId", isNamed: false);

        Assert.True(Assert.Single(deals.All).IsNamed);
    }

    [Fact]
    public void Where_nobody_tells_when_the_lead_was_made_all_count() =>
        Assert.Equal((LifecycleStage.Customer, SalesforceStreams.Instant(Before)), Deals((Before, Before, true, false)).Reached(null));

    private static SalesforceDeals Deals((string Made, string? Changed, bool IsWon, bool IsNamed) deal)
    {
        var deals = new SalesforceDeals();
        deals.Add(Record("Opportunity", deal), "Opportunity", "OpportunityId", deal.IsNamed);
        return deals;
    }

    private static SalesforceRecord Record(string parent, (string Made, string? Changed, bool IsWon, bool IsNamed) deal) => new()
    {
        [$"{parent}Id"] = "006000000000001AAA",
        [$"{parent}.IsWon"] = deal.IsWon ? "true" : "false",
        [$"{parent}.IsClosed"] = deal.IsWon ? "true" : "false",
        [$"{parent}.LastStageChangeDate"] = deal.Changed,
        [$"{parent}.CreatedDate"] = deal.Made,
    };
}
