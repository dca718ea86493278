using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;
using CrmSync.Tests.Support;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Tests.EndToEnd;

/// <summary>What two records that the CRM made one are counted as, and what a merge is no sign of.</summary>
public sealed class MergeTests
{
    [Theory]
    [InlineData("anna", "twin")]
    [InlineData("twin", "anna")]
    public async Task Two_held_leads_made_one_are_one_mql(string loser, string survivor)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        await HoldAsync(stage, "anna");
        await HoldAsync(stage, "twin");

        stage.Act(loser, "merge", into: survivor);
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(HandoverState.Held, (await stage.RecordAsync(survivor)).Episode!.State);
        Assert.Equal(1, await MqlsAsync(stage));
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("return")]
    public async Task A_waiting_lead_merged_into_one_that_never_was_an_mql_is_one_mql(string how)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        if (how == "hold")
            await HoldAsync(stage, "twin");
        else
        {
            await stage.OfferAsync("twin");
            stage.Act("twin", "return");
            await stage.RunUntilQuietAsync();
        }

        stage.Act("twin", "merge", into: "anna");
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(1, await MqlsAsync(stage));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_held_lead_that_is_deleted_was_an_mql_all_the_same()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await HoldAsync(stage, "anna");
        stage.Act("anna", "archive");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(1, await MqlsAsync(stage));
    }

    [Fact]
    public async Task What_was_won_stays_won_when_its_record_is_merged()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        await stage.OfferAsync("twin");
        stage.Act("twin", "accept");
        await stage.PassAsync(TimeSpan.FromDays(3));
        stage.Act("twin", "win");
        var won = stage.Now;
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        stage.Act("twin", "merge", into: "anna");
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        var counted = Assert.Single(await EpisodesAsync(stage), episode => !episode.MergedAway);
        Assert.Equal(((await stage.RecordAsync("anna")).LeadKey, won), (counted.LeadKey, counted.WonAt));
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("archive")]
    [InlineData("delete")]
    public async Task What_was_won_is_counted_once_when_the_survivor_goes_before_the_other_was_looked_at(string goes)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        await stage.OfferAsync("twin");
        stage.Act("twin", "accept");
        await stage.PassAsync(TimeSpan.FromDays(3));
        stage.Act("twin", "win");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        stage.Act("twin", "merge", into: "anna");
        stage.Wire.BeforeTheGuard(() => stage.Act("anna", goes));

        await stage.PassAsync(TimeSpan.FromMinutes(30));

        Assert.Single(await EpisodesAsync(stage), episode => !episode.Superseded);
    }

    [Fact]
    public async Task A_merge_raises_no_hand()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "no need");
        await stage.PassAsync(TimeSpan.FromDays(10));

        stage.Act("anna", "merge", into: "twin");
        await stage.PassAsync(TimeSpan.FromMinutes(30));

        Assert.Equal("rejected", stage.Field("twin", "crmsync_handover"));
        Assert.Equal(HandoverState.Rejected, (await stage.RecordAsync("twin")).Episode!.State);
    }

    [Fact]
    public async Task An_old_answer_of_the_survivor_is_none_to_the_offer_that_came_to_it()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        await stage.OfferAsync("anna", "twin");
        stage.Act("twin", "reject", "rep1", reason: "no need");
        await stage.PassAsync(TimeSpan.FromMinutes(2));

        stage.Act("anna", "merge", into: "twin");
        await stage.PassAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(("waiting", ""), (stage.Field("twin", "crmsync_handover"), stage.Field("twin", "crmsync_decision") ?? ""));
        stage.Act("twin", "accept", "rep1");
        await stage.RunUntilQuietAsync();
        Assert.Equal("accepted", stage.Field("twin", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task An_acceptance_that_came_with_a_merge_is_not_taken_back_by_an_old_answer()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        await stage.OfferAsync("anna", "twin");
        stage.Act("anna", "accept", "rep1");
        await stage.PassAsync(TimeSpan.FromMinutes(2));
        stage.Act("twin", "reject", "rep1", reason: "duplicate");
        await stage.PassAsync(TimeSpan.FromMinutes(2));
        var notes = stage.Crm("anna").Notes.Count + stage.Crm("twin").Notes.Count;

        stage.Act("anna", "merge", "rep1", into: "twin");
        await stage.PassAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(("accepted", HandoverState.Accepted), (stage.Field("twin", "crmsync_handover"), (await stage.RecordAsync("twin")).Episode!.State));
        Assert.Equal(notes, stage.Crm("twin").Notes.Count);
        await stage.InvariantsHoldAsync();
    }

    private static async Task HoldAsync(Stage stage, string key)
    {
        stage.Act(key, "edit", "marketing-1", fields: new Dictionary<string, string?> { ["crmsync_request"] = "hold" });
        await stage.RunUntilQuietAsync();
        stage.RaiseHand(key);
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("held", stage.Field(key, "crmsync_handover"));
    }

    /// <summary>How many MQLs the first KPI stands on.</summary>
    private static async Task<int> MqlsAsync(Stage stage) =>
        (await KpiReader.ReadAsync(Reports(stage), new(stage.Now.AddDays(15)), KpiSplit.None, TimeZoneInfo.Utc, CancellationToken.None)).Figures.Single(figure => figure.Id == "mql-to-sal").N;

    private static IStoreReports Reports(Stage stage) => ((SqliteStore)stage.Store).Reports;

    private static async Task<List<EpisodeRow>> EpisodesAsync(Stage stage)
    {
        var episodes = new List<EpisodeRow>();
        await foreach (var episode in Reports(stage).EpisodesAsync(CancellationToken.None))
            episodes.Add(episode);
        return episodes;
    }
}
