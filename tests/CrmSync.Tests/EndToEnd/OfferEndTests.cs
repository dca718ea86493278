using CrmSync.Leads.Handover;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>Open offers whose record goes away, and answers that cross or that nobody may give.</summary>
public sealed class OfferEndTests
{
    [Fact]
    public async Task An_answer_of_a_user_who_left_decides_nothing()
    {
        await using var stage = await Stage.StartAsync(
            new() { Switches = new() { SearchLagSeconds = 5, WebhookDelaySeconds = 1, ArchivedOwners = ["rep2"] } }, Some.Lead("anna"));
        await stage.OfferAsync("anna");

        stage.Act("anna", "accept", "rep2");
        await stage.RunUntilQuietAsync();

        Assert.Equal(("marketingqualifiedlead", "waiting"), (stage.Crm("anna").Stage, stage.Field("anna", "crmsync_handover")));
        Assert.Equal("a deactivated user answered", (await stage.RecordAsync("anna")).Memory.Suppressed);
        Assert.Single(stage.Audit("anna"), a => a.Kind == "Suppressed");

        stage.Act("anna", "reject", "rep1", reason: "no need");
        await stage.RunUntilQuietAsync();
        Assert.Equal("rejected", stage.Field("anna", "crmsync_handover"));
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("archive")]
    public async Task A_lead_that_goes_away_while_it_waits_takes_its_offer_with_it(string act)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("bo"));
        await stage.OfferAsync("anna", "bo");
        Assert.Equal(2, stage.File.Number("SELECT count(*) FROM due"));
        var key = (await stage.RecordAsync("anna")).LeadKey;

        stage.Act("anna", act);
        await stage.PassAsync(TimeSpan.FromDays(2));

        Assert.Equal(HandoverState.Withdrawn, (await stage.RecordAsync("anna")).Episode!.State);
        Assert.Equal(("Observed", "Withdrawn", null), (stage.Audit("anna")[^1].Kind, stage.Audit("anna")[^1].State, stage.Audit("anna")[^1].At));
        Assert.Equal(0, stage.File.Number($"SELECT count(*) FROM due WHERE lead_id = '{stage.IdOf("anna")}'"));
        Assert.Equal(0, stage.File.Number($"SELECT count(*) FROM activities WHERE lead_key = '{key}' AND settled_at IS NULL"));
        var log = stage.LogHead;
        await stage.PassAsync(TimeSpan.FromDays(30));
        Assert.DoesNotContain(stage.Requests(log).SelectMany(r => r.Effects), e => e.Id == stage.IdOf("anna"));
        Assert.Equal("expired", stage.Field("bo", "crmsync_handover"));
        Assert.Empty(await stage.Store.QuarantinedAsync(Stage.Name, default));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_person_erased_without_a_word_is_missed_by_the_daily_sweep()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("bo"));
        await stage.RunUntilQuietAsync();
        Assert.Equal(0, stage.File.Number("SELECT count(*) FROM due"));

        stage.Act("anna", "delete");
        await stage.PassAsync(TimeSpan.FromHours(1));
        Assert.False((await stage.RecordAsync("anna")).Memory.IsGone);
        await stage.PassAsync(TimeSpan.FromDays(1));

        Assert.True((await stage.RecordAsync("anna")).Memory.IsGone);
        Assert.False((await stage.RecordAsync("bo")).Memory.IsGone);
        Assert.Equal(1, stage.File.Number("SELECT count(*) FROM inbox WHERE delivery LIKE 'not-sweep:%'"));
        await stage.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(1, stage.File.Number("SELECT count(*) FROM inbox WHERE delivery LIKE 'not-sweep:%'"));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_lead_merged_while_it_waits_hands_its_offer_to_a_survivor_that_had_none()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"), Some.Lead("twin"));
        await stage.OfferAsync("twin");
        var (due, loser) = (stage.Field("twin", "crmsync_due"), await stage.RecordAsync("twin"));

        stage.Act("twin", "merge", into: "anna");
        await stage.RunUntilQuietAsync();

        var episode = (await stage.RecordAsync("anna")).Episode!;
        Assert.Equal((HandoverState.AwaitingDecision, $"{loser.LeadKey}/1"), (episode.State, episode.MergedFrom));
        Assert.Equal(("waiting", due), (stage.Field("anna", "crmsync_handover"), stage.Field("anna", "crmsync_due")));
        await stage.PassAsync(TimeSpan.FromMinutes(5));
        // The task of the merged record is closed: this one asks for the answer where people now look.
        Assert.Single(stage.Crm("anna").Tasks, task => task.Fields["hs_task_status"] == "NOT_STARTED");
        stage.Act("anna", "reject", reason: "no need");
        await stage.PassAsync(TimeSpan.FromDays(30));
        Assert.Equal("rejected", stage.Field("anna", "crmsync_handover"));
        Assert.Single(stage.Crm("anna").Notes);
        Assert.Empty(await stage.Store.QuarantinedAsync(Stage.Name, default));
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Of_two_answers_at_once_the_one_that_stands_is_the_decision()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "accept", "rep1");
        stage.Act("anna", "reject", "rep2", reason: "no need");
        await stage.RunUntilQuietAsync();

        Assert.Equal("rejected", stage.Field("anna", "crmsync_handover"));
        Assert.Equal(["AwaitingDecision", "Rejected"], stage.Audit("anna").Where(a => a.Kind == "Applied").Select(a => a.State));
        Assert.Single(stage.Crm("anna").Notes);
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("en", "The record was deleted or archived in the CRM, and the offer ended with it.")]
    [InlineData("da", "Kontakten blev slettet eller arkiveret i CRM'et, og tilbuddet endte med den.")]
    public async Task An_offer_whose_record_left_the_CRM_is_told_so(string language, string told)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        var id = $"{Stage.Name}/{stage.IdOf("anna")}";
        stage.Act("anna", "delete");
        await stage.PassAsync(TimeSpan.FromDays(2));

        var story = await stage.CommandAsync("explain", id, "--language", language);

        Assert.Contains(told, string.Join(' ', story.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_comes_while_another_one_is_written_changes_nothing_and_is_explained_once()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        stage.Act("anna", "accept", "rep1");
        stage.Wire.Before("POST", "contacts/batch/update", () => stage.Act("anna", "reject", "rep2", reason: "no need"));
        await stage.PassAsync(TimeSpan.FromHours(1));

        Assert.Equal("accepted", stage.Field("anna", "crmsync_handover"));
        Assert.Equal(["AwaitingDecision", "Accepted"], stage.Audit("anna").Where(a => a.Kind == "Applied").Select(a => a.State));
        Assert.Single(stage.Crm("anna").Notes, n => n.Fields["hs_note_body"].StartsWith("Accepted by ", StringComparison.Ordinal));
        Assert.Equal(2, stage.Crm("anna").Notes.Count);
        await stage.InvariantsHoldAsync();
    }
}
