using CrmSync.Leads.Handover;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>What becomes of an offer that nobody answers, and what stands for an answer, as the rule file says.</summary>
public sealed class SilenceTests
{
    private const string Boss = "510015";

    private static StageSetting With(string was, string becomes) => new() { Rules = rules => rules.Replace(was, becomes, StringComparison.Ordinal) };

    private static StageSetting OnSilence(string silence) => With("\n  silence: return", $"\n  silence: {silence}");

    [Fact]
    public async Task Silence_brings_the_task_to_the_named_owner_once_and_the_lead_back_a_week_later()
    {
        await using var stage = await Stage.StartAsync(OnSilence($"escalate\n  escalateTo: {Boss}"), Some.Lead("anna") with { Owner = "rep1" });
        await stage.OfferAsync("anna");
        var due = (await stage.RecordAsync("anna")).Episode!.DueAt!.Value;
        await stage.PassAsync(due - stage.Now - TimeSpan.FromMinutes(5));
        Assert.NotEqual(Boss, Task(stage)["hubspot_owner_id"]);

        await stage.PassAsync(TimeSpan.FromMinutes(10));
        await stage.RestartAsync();
        await stage.PassAsync(TimeSpan.FromDays(1));

        var episode = (await stage.RecordAsync("anna")).Episode!;
        Assert.Equal((Boss, "NOT_STARTED"), (Task(stage)["hubspot_owner_id"], Task(stage)["hs_task_status"]));
        Assert.Equal(due, episode.BreachedAt);
        Assert.InRange(episode.EscalatedAt!.Value, due, due.AddMinutes(10));
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));

        await stage.PassAsync(TimeSpan.FromDays(7));
        Assert.Equal(("expired", "COMPLETED"), (stage.Field("anna", "crmsync_handover"), Task(stage)["hs_task_status"]));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task No_task_claims_an_escalation_to_somebody_who_is_not_there()
    {
        await using var stage = await Stage.StartAsync(OnSilence("escalate\n  escalateTo: 999999"), Some.Lead("anna") with { Owner = "rep1" });
        await stage.OfferAsync("anna");
        var owner = Task(stage)["hubspot_owner_id"];
        await stage.PassAsync((await stage.RecordAsync("anna")).Episode!.DueAt!.Value - stage.Now + TimeSpan.FromMinutes(5));

        Assert.StartsWith("OVERDUE: ", Task(stage)["hs_task_subject"], StringComparison.Ordinal);
        Assert.Equal(owner, Task(stage)["hubspot_owner_id"]);
        Assert.DoesNotContain("scalated", (await stage.CommandAsync("explain", $"{Stage.Name}/{stage.IdOf("anna")}")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "DISPUTED: ")]
    [InlineData(Boss, "ESCALATED: ")]
    public async Task A_disputed_rejection_is_escalated_only_to_somebody(string? to, string title)
    {
        await using var stage = await Stage.StartAsync(OnSilence(to is null ? "return" : $"return\n  escalateTo: {to}"), Some.Lead("anna") with { Owner = "rep1" });
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "no need");
        await stage.RunUntilQuietAsync();
        stage.Act("anna", "dispute");
        await stage.RunUntilQuietAsync();

        Assert.StartsWith(title, Task(stage)["hs_task_subject"], StringComparison.Ordinal);
        Assert.Equal(to is not null, (await stage.RecordAsync("anna")).Episode!.EscalatedAt is not null);
    }

    [Fact]
    public async Task Silence_is_a_yes_dated_to_the_deadline_where_that_was_agreed()
    {
        await using var stage = await Stage.StartAsync(OnSilence("accept"), Some.Lead("anna"));
        await stage.OfferAsync("anna");
        var due = (await stage.RecordAsync("anna")).Episode!.DueAt;

        await stage.PassAsync(TimeSpan.FromDays(3));

        Assert.Equal("accepted_by_silence", stage.Field("anna", "crmsync_handover"));
        var applied = stage.Audit("anna").Last(a => a.Kind == "Applied");
        Assert.Equal(("AcceptedBySilence", "SalesAccepted", "crmsync"), (applied.State, applied.To, applied.Actor));
        Assert.Equal((due, null), ((await stage.RecordAsync("anna")).Episode!.DecidedAt, (await stage.RecordAsync("anna")).Episode!.DecidedBy));
        Assert.Contains("accepted by silence", Assert.Single(stage.Crm("anna").Notes).Fields["hs_note_body"], StringComparison.Ordinal);
        Assert.Equal("COMPLETED", Task(stage)["hs_task_status"]);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Silence_that_was_a_yes_gives_way_to_a_written_no()
    {
        await using var stage = await Stage.StartAsync(OnSilence("accept"), Some.Lead("anna"));
        await stage.OfferAsync("anna");
        await stage.PassAsync(TimeSpan.FromDays(3));

        stage.Act("anna", "reject", reason: "no need");
        await stage.RunUntilQuietAsync();

        Assert.Equal("rejected", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("firstContact", "notes_last_contacted")]
    [InlineData("meetingBooked", "engagements_last_meeting_booked")]
    public async Task A_call_or_a_meeting_is_a_yes_where_that_was_agreed_and_only_after_the_offer(string act, string field)
    {
        await using var stage = await Stage.StartAsync(With("acceptOn: answer", $"acceptOn: [answer, {act}]"), Some.Lead("anna"));
        Did(stage, field, stage.Now.AddHours(-1));
        await stage.OfferAsync("anna");
        await stage.PassAsync(TimeSpan.FromMinutes(30));
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));

        var at = new DateTimeOffset(stage.Now.Ticks - (stage.Now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        Did(stage, field, at);
        await stage.RunUntilQuietAsync();

        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        var episode = (await stage.RecordAsync("anna")).Episode!;
        Assert.Equal((HandoverState.AcceptedByAction, at, null), (episode.State, episode.DecidedAt, episode.DecidedBy));
        Assert.Equal("unknown", stage.Audit("anna")[^1].Actor);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_connection_may_narrow_what_is_taken_for_a_yes()
    {
        var setting = With("acceptOn: answer", "acceptOn: [firstContact, meetingBooked]") with { AcceptOn = new() { OnMeetingBooked = true, OnStageMoved = true } };
        await using var stage = await Stage.StartAsync(setting, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        await stage.PassAsync(TimeSpan.FromMinutes(30));
        Did(stage, "notes_last_contacted", stage.Now);
        stage.Act("anna", "set-stage", stage: "SalesQualified");
        await stage.RunUntilQuietAsync();
        Assert.Equal("superseded", stage.Field("anna", "crmsync_handover"));
    }

    [Fact]
    public async Task A_call_is_no_answer_where_only_the_written_one_counts()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        await stage.PassAsync(TimeSpan.FromMinutes(30));
        Did(stage, "notes_last_contacted", stage.Now);
        await stage.RunUntilQuietAsync();
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
    }

    [Fact]
    public async Task Silence_brings_the_offer_to_the_next_person_with_a_deadline_of_their_own()
    {
        await using var stage = await Stage.StartAsync(PassedOn("people: [510001, 510008], fallback: 510015"), Some.Lead("anna") with { Owner = "rep1" });
        await stage.OfferAsync("anna");
        var first = (await stage.RecordAsync("anna")).Episode!;
        Assert.Equal("510001", Task(stage)["hubspot_owner_id"]);

        await stage.PassAsync(first.DueAt!.Value - stage.Now + TimeSpan.FromMinutes(1));
        await stage.RestartAsync();
        await stage.PassAsync(TimeSpan.FromMinutes(10));

        var then = (await stage.RecordAsync("anna")).Episode!;
        Assert.Equal(("510008", AssignmentReason.Turn, "510001"), (then.OwnerId, then.AssignedBy, then.PassedOver));
        Assert.Equal((first.DueAt, first.OfferedAt), (then.BreachedAt, then.OfferedAt));
        Assert.True(then.DueAt > then.ReassignedAt);
        Assert.Equal(("510008", "NOT_STARTED", stage.Field("anna", "crmsync_due")), (Task(stage)["hubspot_owner_id"], Task(stage)["hs_task_status"], Task(stage)["hs_timestamp"]));
        Assert.Equal(("waiting", "510001"), (stage.Field("anna", "crmsync_handover"), stage.Field("anna", "hubspot_owner_id")));
        Assert.Equal(2, stage.Audit("anna").Count(a => a is { Kind: "Applied", State: "AwaitingDecision" }));
        Assert.Contains("Passed on to user 510008", await ExplainAsync(stage, "en"), StringComparison.Ordinal);
        Assert.Contains("Givet videre til bruger 510008", await ExplainAsync(stage, "da"), StringComparison.Ordinal);

        stage.Act("anna", "accept", "rep2");
        await stage.RunUntilQuietAsync();
        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Silence_of_the_next_person_too_sends_the_lead_back_to_marketing()
    {
        await using var stage = await Stage.StartAsync(PassedOn("fallback: 510015"), Some.Lead("anna") with { Owner = "rep1" });
        await stage.OfferAsync("anna");
        await stage.PassAsync(TimeSpan.FromDays(1));
        var then = (await stage.RecordAsync("anna")).Episode!;
        Assert.Equal(("510015", AssignmentReason.Fallback), (then.OwnerId, then.AssignedBy));

        await stage.PassAsync(then.DueAt!.Value.AddDays(7) - stage.Now - TimeSpan.FromMinutes(5));
        Assert.Equal("waiting", stage.Field("anna", "crmsync_handover"));
        Assert.Equal(then.DueAt, (await stage.RecordAsync("anna")).Episode!.DueAt);
        await stage.PassAsync(TimeSpan.FromMinutes(10));

        Assert.Equal(("expired", "COMPLETED"), (stage.Field("anna", "crmsync_handover"), Task(stage)["hs_task_status"]));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task With_nobody_else_there_the_offer_stays_where_it_is_and_is_passed_on_no_more()
    {
        await using var stage = await Stage.StartAsync(PassedOn("fallback: 510001"), Some.Lead("anna") with { Owner = "rep1" });
        await stage.OfferAsync("anna");
        await stage.PassAsync(TimeSpan.FromDays(3));

        var episode = (await stage.RecordAsync("anna")).Episode!;
        Assert.Equal(("510001", AssignmentReason.LeadOwner), (episode.OwnerId, episode.AssignedBy));
        Assert.Equal(2, stage.Audit("anna").Count(a => a is { Kind: "Applied", State: "AwaitingDecision" }));
        await stage.InvariantsHoldAsync();
    }

    private static StageSetting PassedOn(string assign) => new()
    {
        Rules = rules => rules.Replace("\n  silence: return", "\n  silence: reassign", StringComparison.Ordinal)
            .Replace("assign: { to: owner }", $"assign: {{ {assign} }}", StringComparison.Ordinal),
    };

    private static async Task<string> ExplainAsync(Stage stage, string language) =>
        (await stage.CommandAsync("explain", $"{Stage.Name}/{stage.IdOf("anna")}", "--language", language)).Out;

    private static void Did(Stage stage, string field, DateTimeOffset at) => stage.Act("anna", "edit", "rep1", fields: new Dictionary<string, string?>
    {
        [field] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
    });

    private static IReadOnlyDictionary<string, string> Task(Stage stage) => Assert.Single(stage.Crm("anna").Tasks).Fields;
}
