using CrmSync.Leads.Handover;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.EndToEnd;

/// <summary>An old copy of the store comes back: it is noticed, and nothing that was done since is done again.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly StoreCopy _backup = new();

    public void Dispose() => _backup.Dispose();

    [Fact]
    public async Task An_offer_made_after_the_backup_is_learnt_and_not_made_again()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        _backup.Take(stage.DataDirectory);
        await stage.OfferAsync("anna");
        var (storeId, key, due) = (stage.Store.StoreId, (await stage.RecordAsync("anna")).LeadKey, (await stage.RecordAsync("anna")).Episode!.DueAt);

        await stage.RestartAsync(() => _backup.PutBack(stage.DataDirectory));
        await stage.PassAsync(TimeSpan.FromMinutes(2));

        var learnt = await stage.RecordAsync("anna");
        Assert.Equal((HandoverState.AwaitingDecision, key, due), (learnt.Episode!.State, learnt.LeadKey, learnt.Episode.DueAt));
        Assert.Single(stage.MarkersWritten("anna"));
        Assert.Equal(1, stage.ActivitiesMade);
        Assert.Single(stage.File.Audit(), row => row.Kind == "Restored");
        Assert.NotEqual(storeId, stage.Store.StoreId);

        stage.Act("anna", "accept");
        await stage.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        Assert.StartsWith($"v1.{stage.Store.StoreId}.", stage.Field("anna", "crmsync_marker"), StringComparison.Ordinal);
        Assert.Equal("COMPLETED", Assert.Single(stage.Crm("anna").Tasks).Fields["hs_task_status"]);
        Assert.Single(stage.Crm("anna").Notes);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task A_rejected_lead_that_was_offered_again_after_the_backup_goes_on_as_it_did(bool isWantedAnew, int episode)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "bad timing");
        await stage.PassAsync(TimeSpan.FromMinutes(2));
        _backup.Take(stage.DataDirectory);
        if (isWantedAnew)
            stage.RaiseHand("anna");
        else
            stage.Act("anna", "dispute");
        await stage.PassAsync(TimeSpan.FromMinutes(2));
        var (made, tasks) = (stage.ActivitiesMade, stage.Crm("anna").Tasks.Count);

        await stage.RestartAsync(() => _backup.PutBack(stage.DataDirectory));
        await stage.PassAsync(TimeSpan.FromDays(4));

        var learnt = await stage.RecordAsync("anna");
        Assert.Equal(("waiting", episode), (stage.Field("anna", "crmsync_handover"), learnt.Episode!.Number));
        Assert.Equal((made, tasks), (stage.ActivitiesMade, stage.Crm("anna").Tasks.Count));
        Assert.Equal(isWantedAnew, learnt.Episode.DisputedAt is null);
    }

    [Fact]
    public async Task An_answer_to_an_offer_that_the_backup_does_not_know_is_followed()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.PassAsync(TimeSpan.FromMinutes(2));
        _backup.Take(stage.DataDirectory);
        await stage.OfferAsync("anna");

        await stage.RestartAsync(() =>
        {
            _backup.PutBack(stage.DataDirectory);
            stage.Clock.AdvanceTo(stage.Now.AddMinutes(1));
            stage.Act("anna", "accept");
            stage.Clock.AdvanceTo(stage.Now.AddMinutes(1));
        });
        await stage.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
    }

    [Fact]
    public async Task A_lead_that_was_rejected_once_more_after_the_backup_is_not_offered_for_what_came_before()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "bad timing");
        await stage.PassAsync(TimeSpan.FromMinutes(2));
        _backup.Take(stage.DataDirectory);
        stage.RaiseHand("anna");
        await stage.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        stage.Act("anna", "reject", reason: "bad timing");
        await stage.PassAsync(TimeSpan.FromMinutes(2));
        var made = stage.ActivitiesMade;

        await stage.RestartAsync(() => _backup.PutBack(stage.DataDirectory));
        await stage.PassAsync(TimeSpan.FromDays(4));

        Assert.Equal(("rejected", made), (stage.Field("anna", "crmsync_handover"), stage.ActivitiesMade));
        Assert.Single(stage.Audit("anna"), row => row is { Kind: "Applied", State: "AwaitingDecision" });
    }

    [Theory]
    [InlineData("accept", "accepted", HandoverState.Accepted)]
    [InlineData("reject", "rejected", HandoverState.Rejected)]
    [InlineData("return", "returned", HandoverState.Returned)]
    public async Task An_answer_taken_after_the_backup_is_not_taken_again(string act, string shown, HandoverState state)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        _backup.Take(stage.DataDirectory);
        stage.Act("anna", act, reason: act == "reject" ? "no need" : null);
        await stage.PassAsync(TimeSpan.FromMinutes(2));
        var (log, standing) = (stage.LogHead, stage.Crm("anna").Stage);

        await stage.RestartAsync(() => _backup.PutBack(stage.DataDirectory));
        await stage.PassAsync(TimeSpan.FromHours(2));

        Assert.Equal(state, (await stage.RecordAsync("anna")).Episode!.State);
        Assert.Equal((shown, standing), (stage.Field("anna", "crmsync_handover"), stage.Crm("anna").Stage));
        Assert.DoesNotContain(stage.Requests(log), r => r.Effects.Any(e => e.ObjectName is "contacts" or "notes"));
        Assert.Contains(stage.Audit("anna"), row => row is { Kind: "Observed", Actor: "crmsync" } && row.State == state.ToString());
    }

    [Fact]
    public async Task A_lead_that_came_after_the_backup_keeps_its_key()
    {
        await using var stage = await Stage.StartAsync();
        _backup.Take(stage.DataDirectory);
        stage.Add(Some.Lead("bo"));
        await stage.OfferAsync("bo");
        var key = (await stage.RecordAsync("bo")).LeadKey;

        await stage.RestartAsync(() => _backup.PutBack(stage.DataDirectory));
        await stage.PassAsync(TimeSpan.FromMinutes(2));

        var learnt = await stage.RecordAsync("bo");
        Assert.Equal((key, HandoverState.AwaitingDecision), (learnt.LeadKey, learnt.Episode!.State));
        Assert.Single(stage.MarkersWritten("bo"));
    }

    [Fact]
    public async Task An_effect_that_was_open_in_the_backup_is_not_sent_again()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Fault("drop-before");
        stage.RaiseHand("anna");
        await stage.RunForAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(1, stage.File.Number("SELECT count(*) FROM intents WHERE settled_at IS NULL"));
        _backup.Take(stage.DataDirectory);
        await stage.RunUntilQuietAsync();
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        stage.Act("anna", "accept");
        await stage.PassAsync(TimeSpan.FromMinutes(2));
        var written = stage.MarkersWritten("anna");

        await stage.RestartAsync(() => _backup.PutBack(stage.DataDirectory));
        await stage.PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(written, stage.MarkersWritten("anna"));
        Assert.Equal(HandoverState.Accepted, (await stage.RecordAsync("anna")).Episode!.State);
        Assert.Equal(0, stage.File.Number("SELECT count(*) FROM intents WHERE settled_at IS NULL"));
    }

    [Theory]
    [InlineData(false, "returned")]
    [InlineData(true, "waiting")]
    public async Task An_offer_that_a_merge_brought_stays_where_our_last_step_left_it_if_that_was_after_the_merge(bool isMergedLast, string shown)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        await stage.OfferAsync(isMergedLast ? ["anna", "twin"] : ["twin"]);
        _backup.Take(stage.DataDirectory);
        if (!isMergedLast)
        {
            stage.Act("twin", "merge", into: "anna");
            await stage.PassAsync(TimeSpan.FromMinutes(5));
            Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        }
        stage.Act("anna", "return");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("returned", stage.Field("anna", "crmsync_handover"));

        await stage.RestartAsync(() =>
        {
            _backup.PutBack(stage.DataDirectory);
            if (isMergedLast)
                stage.Act("twin", "merge", into: "anna");
        });
        await stage.PassAsync(TimeSpan.FromMinutes(30));

        Assert.Equal(shown, stage.Field("anna", "crmsync_handover"));
    }

    [Fact]
    public async Task A_lead_that_was_sent_back_and_offered_anew_after_the_backup_has_the_time_of_its_new_round()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        _backup.Take(stage.DataDirectory);
        stage.Act("anna", "return");
        await stage.PassAsync(TimeSpan.FromHours(3));
        stage.Act("anna", "edit", "marketing", fields: new Dictionary<string, string?> { ["company.numberofemployees"] = "240" });
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        var lost = (await stage.RecordAsync("anna")).Episode!;
        Assert.Equal(HandoverState.AwaitingDecision, lost.State);

        await stage.RestartAsync(() => _backup.PutBack(stage.DataDirectory));
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        var learnt = (await stage.RecordAsync("anna")).Episode!;
        Assert.Equal((lost.Number, lost.DueAt!.Value), (learnt.Number, learnt.DueAt!.Value), (a, b) => a.Item1 == b.Item1 && (a.Item2 - b.Item2).Duration() < TimeSpan.FromSeconds(1));
        Assert.Equal(lost.OfferedAt!.Value, learnt.OfferedAt!.Value, TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(stage.Audit("anna"), row => row.State is "Expired" or "AcceptedBySilence");
    }

    [Theory]
    [InlineData("")]
    [InlineData("new id")]
    [InlineData("later merge")]
    public async Task Of_two_offers_that_were_made_one_after_the_backup_the_one_that_went_on_is_known_with_its_task(string also)
    {
        await using var stage = await Stage.StartAsync(new() { Switches = new() { SearchLagSeconds = 5, WebhookDelaySeconds = 1, MergeMakesNewId = also == "new id" } }, Some.Lead("anna"), Some.Lead("twin"), Some.Lead("double"));
        await stage.OfferAsync("twin");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        await stage.OfferAsync("anna");
        _backup.Take(stage.DataDirectory);
        stage.Act("twin", "merge", into: "anna");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        if (also == "later merge")
            stage.Act("double", "merge", into: "anna");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        var (lost, tasks, written) = (await SurvivorAsync(stage), TasksOf(stage), Markers(stage));
        Assert.NotNull(lost.Episode!.MergedFrom);

        await stage.RestartAsync(() => _backup.PutBack(stage.DataDirectory));
        await stage.PassAsync(TimeSpan.FromMinutes(10));

        var learnt = await SurvivorAsync(stage);
        Assert.Equal((lost.LeadKey, lost.Episode.Number, lost.Episode.OfferedAt, lost.Episode.DueAt), (learnt.LeadKey, learnt.Episode!.Number, learnt.Episode.OfferedAt, learnt.Episode.DueAt));
        Assert.Equal(tasks, TasksOf(stage));
        Assert.Equal(written, Markers(stage));
        stage.Act("anna", "accept");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal("accepted", Survivor(stage).Fields["crmsync_handover"]);
        Assert.All(Survivor(stage).Tasks, task => Assert.Equal("COMPLETED", task.Fields["hs_task_status"]));
    }

    [Fact]
    public async Task How_long_a_merged_lead_was_to_rest_is_still_known()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        await stage.OfferAsync("anna", "twin");
        stage.Act("twin", "reject", reason: "bad timing");
        stage.Act("anna", "reject", reason: "no need");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        var rest = (await stage.RecordAsync("twin")).Episode!.CoolOffUntil;
        Assert.NotEqual(rest, (await stage.RecordAsync("anna")).Episode!.CoolOffUntil);
        _backup.Take(stage.DataDirectory);
        stage.Act("twin", "merge", into: "anna");
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        // A step on the lead that changes nothing of its state: why it is not for sales.
        var written = stage.MarkersWritten("anna").Count;
        stage.Act("anna", "edit", "marketing", fields: new Dictionary<string, string?> { ["hs_email_optout"] = "true" });
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        Assert.NotEqual(written, stage.MarkersWritten("anna").Count);

        await stage.RestartAsync(() => _backup.PutBack(stage.DataDirectory));
        await stage.PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(rest, (await stage.RecordAsync("anna")).Episode!.CoolOffUntil);
    }

    /// <summary>The record in which anna goes on; a merge may have given it an id of its own.</summary>
    private static LeadState Survivor(Stage stage) =>
        stage.Sandbox.Control.State("hubspot").Leads.Single(lead => lead.Id == (stage.Crm("anna").MergedInto ?? stage.Crm("anna").Id));

    private static async Task<LeadRecord> SurvivorAsync(Stage stage)
    {
        var id = Survivor(stage).Id;
        return (await stage.Store.FindAsync(Stage.Name, [id], CancellationToken.None))[id];
    }

    private static int Markers(Stage stage) => stage.Requests().SelectMany(e => e.Effects).Count(e => e.Field == "crmsync_marker");

    private static string TasksOf(Stage stage) =>
        string.Join('\n', Survivor(stage).Tasks.Select(task => $"{task.Id} {task.Fields["hs_task_subject"]} {task.Fields["hs_task_status"]}").Order(StringComparer.Ordinal));
}
