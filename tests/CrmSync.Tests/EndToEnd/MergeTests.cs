using CrmSync.Leads.Handover;
using CrmSync.Tests.Support;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Tests.EndToEnd;

/// <summary>What two records that the CRM made one are counted as, and what a merge is no sign of.</summary>
public sealed class MergeTests
{
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
        (await KpiReader.ReadAsync(Reports(stage), stage.Now.AddDays(15), TimeZoneInfo.Utc, CancellationToken.None)).Figures.Single(figure => figure.Id == "mql-to-sal").N;

    private static IStoreReports Reports(Stage stage) => ((SqliteStore)stage.Store).Reports;

    private static async Task<List<EpisodeRow>> EpisodesAsync(Stage stage)
    {
        var episodes = new List<EpisodeRow>();
        await foreach (var episode in Reports(stage).EpisodesAsync(CancellationToken.None))
            episodes.Add(episode);
        return episodes;
    }
}
