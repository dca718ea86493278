using CrmSync.Leads.Handover;
using CrmSync.Tests.Support;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Answers that are changed, and what was sent back, on the sandbox.</summary>
public sealed class SecondThoughtsTests
{
    [Fact]
    public async Task An_acceptance_that_is_changed_to_sent_back_waits_for_the_data()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();
        stage.Act("anna", "return");
        await stage.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(("returned", HandoverState.Returned), (stage.Field("anna", "crmsync_handover"), (await stage.RecordAsync("anna")).Episode!.State));

        FillIn(stage);
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task What_was_sent_back_comes_again_with_data_and_not_with_a_visit()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "return");
        await stage.RunUntilQuietAsync();

        stage.Act("anna", "submit-form", null, fields: new Dictionary<string, string?> { ["kind"] = "pageView" });
        stage.Act("anna", "submit-form", null, fields: new Dictionary<string, string?> { ["kind"] = "emailOpen" });
        await stage.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal("returned", stage.Field("anna", "crmsync_handover"));

        FillIn(stage);
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Whoever_asks_for_sales_after_being_sent_back_is_offered_at_once()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "return");
        await stage.PassAsync(TimeSpan.FromHours(1));

        stage.RaiseHand("anna");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
    }

    [Fact]
    public async Task A_rejection_changed_to_sent_back_is_no_rejection_in_the_rates()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "no need");
        await stage.RunUntilQuietAsync();
        stage.Act("anna", "return");
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        var episodes = new List<EpisodeRow>();
        await foreach (var episode in ((Worker.Storage.Sqlite.SqliteStore)stage.Store).Reports.EpisodesAsync(CancellationToken.None))
            episodes.Add(episode);
        Assert.Equal((null, "Returned"), (Assert.Single(episodes).RejectedAt, episodes[0].State));
    }

    [Fact]
    public async Task A_change_without_its_reason_is_asked_back_where_it_is_seen()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "accept", "rep1");
        await stage.RunUntilQuietAsync();
        var (notes, task) = (stage.Crm("anna").Notes.Count, Assert.Single(stage.Crm("anna").Tasks).Fields["hs_task_subject"]);
        stage.Act("anna", "edit", "rep1", fields: new Dictionary<string, string?> { ["crmsync_decision"] = "reject_other" });
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(notes, stage.Crm("anna").Notes.Count);

        await stage.PassAsync(TimeSpan.FromMinutes(15));
        await stage.RestartAsync();
        await stage.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(notes + 1, stage.Crm("anna").Notes.Count);
        Assert.Contains("Comment on answer", stage.Crm("anna").Notes[^1].Fields["hs_note_body"], StringComparison.Ordinal);
        Assert.Equal(task, Assert.Single(stage.Crm("anna").Tasks).Fields["hs_task_subject"]);

        stage.Act("anna", "edit", "rep1", fields: new Dictionary<string, string?> { ["crmsync_decision_text"] = "moved abroad" });
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("rejected", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_dispute_about_a_lead_that_sales_works_meanwhile_offers_nothing()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "no need");
        await stage.RunUntilQuietAsync();
        stage.Act("anna", "set-stage", stage: "Opportunity");
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        stage.Act("anna", "dispute", "marketing-1");
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(("rejected", ""), (stage.Field("anna", "crmsync_handover"), stage.Field("anna", "crmsync_request") ?? ""));
        Assert.Equal(RequestRefusal.WithSales, (await stage.RecordAsync("anna")).Memory.RefusedRequest?.Refusal);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Each_new_try_of_a_lead_that_rests_is_noted_and_nothing_else_is()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "no need");
        await stage.PassAsync(TimeSpan.FromDays(5));
        int Tries() => stage.Audit("anna").Count(row => row.Kind == "Suppressed");
        var before = Tries();

        stage.Act("anna", "submit-form", null, fields: new Dictionary<string, string?> { ["kind"] = "contentDownload", ["title"] = "Guide: less waste" });
        await stage.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal(before + 1, Tries());
        stage.Act("anna", "edit", "marketing-1", fields: new Dictionary<string, string?> { ["phone"] = "+45 30000000" });
        await stage.PassAsync(TimeSpan.FromDays(2));
        Assert.Equal((before + 1, "rejected"), (Tries(), stage.Field("anna", "crmsync_handover")));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task What_was_given_back_once_goes_as_far_as_any_other_when_it_comes_again()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna") with { Bant = new() { Need = "met", Budget = "met" } });
        await stage.OfferAsync("anna");
        stage.Act("anna", "accept");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("salesqualifiedlead", stage.Crm("anna").Stage);
        stage.Act("anna", "set-stage", stage: "Lead");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("recycled", stage.Field("anna", "crmsync_handover"));

        await stage.OfferAsync("anna");
        stage.Act("anna", "accept");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(("salesqualifiedlead", "accepted"), (stage.Crm("anna").Stage, stage.Field("anna", "crmsync_handover")));
        await stage.InvariantsHoldAsync();
    }

    private static void FillIn(Stage stage) => stage.Act("anna", "edit", "marketing-1", fields: new Dictionary<string, string?> { ["phone"] = "+45 30000000" });
}
