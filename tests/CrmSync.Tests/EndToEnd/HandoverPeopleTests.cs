using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;
using CrmSync.Tests.Support;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.EndToEnd;

/// <summary>What reps and marketing do beside a plain answer, on the sandbox.</summary>
public sealed class HandoverPeopleTests
{
    [Fact]
    public async Task A_rep_thinks_better_of_it_within_a_day_and_both_answers_are_kept()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();
        stage.Act("anna", "reject", reason: "no need");
        await stage.RunUntilQuietAsync();

        Assert.Equal("rejected", stage.Field("anna", "crmsync_handover"));
        Assert.Equal(["Accepted", "Rejected"], stage.Audit("anna").Where(a => a.Kind == "Applied").Select(a => a.State).TakeLast(2));
        Assert.Equal(HandoverState.Accepted, (await stage.RecordAsync("anna")).Episode!.CorrectedFrom!.State);
        var kpi = await EpisodeAsync(stage);
        Assert.Equal((null, true), (kpi.AcceptedAt, kpi.RejectedAt is not null));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_rep_who_takes_an_unoffered_lead_has_it_outside_the_rate()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Act("anna", "take");
        await stage.RunUntilQuietAsync();

        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        Assert.Equal("SalesAccepted", stage.File.Rows("SELECT stage FROM lead_states").Single());
        Assert.True((await EpisodeAsync(stage)).SalesGenerated);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task An_answer_to_nothing_is_explained_in_one_note()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();
        stage.Act("anna", "return");
        await stage.PassAsync(TimeSpan.FromDays(1));

        Assert.Single(stage.Crm("anna").Notes);
        Assert.Null(stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Marketing_sends_a_lead_that_the_rules_would_not()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        Ask(stage, "send");
        await stage.RunUntilQuietAsync();

        Assert.Equal(("waiting", null), (stage.Field("anna", "crmsync_handover"), stage.Field("anna", "crmsync_request")));
        Assert.True((await stage.RecordAsync("anna")).Episode!.Override);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Marketing_holds_an_open_offer_and_lets_it_go_again()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        Ask(stage, "hold");
        await stage.RunUntilQuietAsync();
        Assert.Equal((null, "hold"), (stage.Field("anna", "crmsync_handover"), stage.Field("anna", "crmsync_request")));

        Ask(stage, "");
        await stage.RunUntilQuietAsync();
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Marketing_disputes_a_rejection_once()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        for (var round = 0; round < 2; round++)
        {
            stage.Act("anna", "reject", reason: "no need");
            await stage.RunUntilQuietAsync();
            Assert.Equal("rejected", stage.Field("anna", "crmsync_handover"));
            stage.Act("anna", "dispute");
            await stage.RunUntilQuietAsync();
            Assert.Equal(round == 0 ? "waiting" : "rejected", stage.Field("anna", "crmsync_handover"));
        }
        Assert.Equal(RequestRefusal.DisputedBefore, (await stage.RecordAsync("anna")).Memory.RefusedRequest?.Refusal);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task The_offer_that_was_made_first_goes_on_when_two_are_merged()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        await stage.OfferAsync("twin");
        var due = stage.Field("twin", "crmsync_due");
        await stage.PassAsync(TimeSpan.FromHours(2));
        await stage.OfferAsync("anna");

        stage.Act("twin", "merge", into: "anna");
        await stage.RunUntilQuietAsync();

        Assert.Equal(("waiting", due), (stage.Field("anna", "crmsync_handover"), stage.Field("anna", "crmsync_due")));
        var episode = (await stage.RecordAsync("anna")).Episode!;
        Assert.Equal((2, HandoverState.AwaitingDecision), (episode.Number, episode.State));
        Assert.NotNull(episode.MergedFrom);
        Assert.Equal(HandoverState.AwaitingDecision, Assert.Single(await EpisodesAsync(stage), e => e.State != HandoverState.Superseded).State);
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();
        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("anna", "twin")]
    [InlineData("twin", "anna")]
    public async Task Two_waiting_offers_made_one_leave_one_open_task(string loser, string survivor)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        await stage.OfferAsync("twin");
        await stage.PassAsync(TimeSpan.FromHours(1));
        await stage.OfferAsync("anna");

        stage.Act(loser, "merge", into: survivor);
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal("waiting", stage.Field(survivor, "crmsync_handover"));
        Assert.Single(OpenTasks(stage, survivor));
        stage.Act(survivor, "accept");
        await stage.RunUntilQuietAsync();
        Assert.Empty(OpenTasks(stage, survivor));
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("anna", "twin")]
    [InlineData("twin", "anna")]
    public async Task A_written_acceptance_goes_on_when_it_is_merged_with_a_waiting_offer(string loser, string survivor)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        await stage.OfferAsync("twin");
        await stage.PassAsync(TimeSpan.FromHours(1));
        await stage.OfferAsync("anna");
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();

        stage.Act(loser, "merge", into: survivor);
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(("accepted", ""), (stage.Field(survivor, "crmsync_handover"), stage.Field(survivor, "crmsync_due") ?? ""));
        Assert.Equal(HandoverState.Accepted, (await stage.RecordAsync(survivor)).Episode!.State);
        Assert.Equal(HandoverState.Accepted, Assert.Single(await EpisodesAsync(stage), e => e.State != HandoverState.Superseded).State);
        Assert.Empty(OpenTasks(stage, survivor));
        await stage.InvariantsHoldAsync();
    }

    private static IEnumerable<object> OpenTasks(Stage stage, string key) =>
        stage.Crm(key).Tasks.Where(task => task.Fields["hs_task_status"] != "COMPLETED");

    [Fact]
    public async Task Says_in_the_record_what_a_lead_lacks_and_nothing_more_as_time_passes()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Act("anna", "submit-form", null, fields: new Dictionary<string, string?> { ["kind"] = "contentDownload", ["title"] = "Guide: less waste" });
        await stage.RunUntilQuietAsync();
        Assert.StartsWith("NOT READY FOR SALES YET", stage.Field("anna", "crmsync_why"), StringComparison.Ordinal);
        var written = stage.MarkersWritten("anna").Count;

        await stage.PassAsync(TimeSpan.FromDays(45));
        Assert.Equal(written, stage.MarkersWritten("anna").Count);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Reminders_change_the_one_task_and_survive_a_restart()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        var title = Title(stage);
        await stage.PassAsync(TimeSpan.FromHours(3));
        Assert.NotEqual(title, Title(stage));
        Assert.Equal(50, (await stage.RecordAsync("anna")).Episode!.ToldPercent);

        await stage.RestartAsync();
        await stage.PassAsync(TimeSpan.FromDays(2));
        var episode = (await stage.RecordAsync("anna")).Episode!;
        Assert.Equal((100, episode.DueAt), (episode.ToldPercent, episode.BreachedAt));
        Assert.Single(stage.Crm("anna").Tasks);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_stage_moved_by_hand_is_a_yes_counted_apart_where_the_rules_say_so()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        File.WriteAllText(stage.RulesFile, File.ReadAllText(stage.RulesFile).Replace("acceptOn: answer", "acceptOn: [answer, stageMoved]", StringComparison.Ordinal));
        await stage.OfferAsync("anna");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        stage.Act("anna", "set-stage", stage: "SalesQualified");
        var moved = stage.Now;
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(("salesqualifiedlead", "accepted"), (stage.Crm("anna").Stage, stage.Field("anna", "crmsync_handover")));
        var kpi = await EpisodeAsync(stage);
        Assert.Equal((HandoverState.AcceptedByAction, moved), (kpi.AcceptedAs, kpi.AcceptedAt));
        Assert.StartsWith("person:", stage.Audit("anna")[^1].Actor, StringComparison.Ordinal);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_machine_that_moves_the_stage_on_and_back_leaves_the_offer_open()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        foreach (var moved in (string[])["SalesQualified", "MarketingQualified"])
        {
            stage.Act("anna", "set-stage", "automation", stage: moved);
            await stage.RunUntilQuietAsync();
            Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        }
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();
        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_lead_that_a_rep_gives_back_is_recycled()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();
        stage.Act("anna", "set-stage", stage: "Lead");
        await stage.RunUntilQuietAsync();

        Assert.Equal(("lead", "recycled"), (stage.Crm("anna").Stage, stage.Field("anna", "crmsync_handover")));
        Assert.Equal(HandoverState.Recycled, (await stage.RecordAsync("anna")).Episode!.State);
        await stage.InvariantsHoldAsync();
    }

    private static string Title(Stage stage) => Assert.Single(stage.Crm("anna").Tasks).Fields["hs_task_subject"];

    private static void Ask(Stage stage, string request) =>
        stage.Act("anna", "edit", "marketing-1", fields: new Dictionary<string, string?> { ["crmsync_request"] = request });

    private static async Task<EpisodeRow> EpisodeAsync(Stage stage) => Assert.Single(await EpisodesAsync(stage));

    private static async Task<List<EpisodeRow>> EpisodesAsync(Stage stage)
    {
        var episodes = new List<EpisodeRow>();
        await foreach (var episode in ((Worker.Storage.Sqlite.SqliteStore)stage.Store).Reports.EpisodesAsync(CancellationToken.None))
            episodes.Add(episode);
        return episodes;
    }
}
