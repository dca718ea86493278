using CrmSync.Leads.Handover;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;
using CrmSync.Worker.Configuration;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Two deals that somebody made one: the one that went says no more than that, and the event tells where.</summary>
public sealed class PipedriveMergeTests
{
    [Fact]
    public async Task What_sales_had_accepted_goes_on_in_the_deal_that_is_left()
    {
        await using var stage = await StartAsync();
        stage.RaiseHand("anna");
        await stage.RunForAsync(TimeSpan.FromMinutes(2));
        stage.Act("anna", "accept", "rep1");
        await stage.RunForAsync(TimeSpan.FromMinutes(2));
        foreach (var key in new[] { "anna", "bo" })
            stage.Act(key, "convert", "rep1");
        await stage.RunForAsync(TimeSpan.FromMinutes(3));
        var accepted = await stage.RecordAsync("anna");

        stage.Act("anna", "merge", "rep1", into: "bo");
        await stage.RunForAsync(TimeSpan.FromMinutes(5));

        var bo = await stage.RecordAsync("bo");
        Assert.Equal(HandoverState.Accepted, accepted.Episode!.State);
        Assert.Equal((HandoverState.Accepted, $"{accepted.LeadKey}/1"), (bo.Episode!.State, bo.Episode.MergedFrom));
        Assert.Equal("Accepted", stage.Field("bo", "crmsync_handover"));
        Assert.Equal(0, stage.File.Number("SELECT count(*) FROM quarantine"));

        stage.Act("bo", "win", "rep1");
        await stage.RunForAsync(TimeSpan.FromMinutes(3));
        Assert.Equal(EpisodeOutcome.Won, (await stage.RecordAsync("bo")).Episode!.Outcome);
        await stage.InvariantsHoldAsync();
    }

    private static LeadSpec Lead(string key) => Some.Lead(key) with { Owner = "rep1", Company = Some.Lead(key).Company! with { Industry = "machinery" } };

    private static Task<Stage> StartAsync() => Stage.StartAsync(
        new()
        {
            Crm = "pipedrive", Webhooks = true, Offers = OfferLimits.None, Pipedrive = new() { Plan = "Ultimate", Seats = 10, ConversionLagSeconds = 0 },
            Options = new Dictionary<string, string> { ["Plan"] = "Ultimate", ["Seats"] = "10" },
        },
        Lead("anna"), Lead("bo"));
}
