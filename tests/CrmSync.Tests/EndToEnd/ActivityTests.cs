using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>The task that asks for an answer, and the note that records it: exactly one of each, whatever happens.</summary>
public sealed class ActivityTests
{
    [Fact]
    public async Task An_offer_brings_one_task_to_the_owner_and_its_answer_closes_it_with_a_note()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna") with { Owner = "rep-1" });
        await stage.OfferAsync("anna");

        var crm = stage.Crm("anna");
        var task = Assert.Single(crm.Tasks);
        Assert.StartsWith("ASKED FOR A DEMO: Answer lead: Anna anna, Company anna (by ", task.Fields["hs_task_subject"], StringComparison.Ordinal);
        Assert.EndsWith("closing it is not an answer.", task.Fields["hs_task_body"], StringComparison.Ordinal);
        Assert.Equal(crm.Fields["crmsync_due"], task.Fields["hs_timestamp"]);
        Assert.Equal((crm.Fields["hubspot_owner_id"], "NOT_STARTED", "HIGH"),
            (task.Fields["hubspot_owner_id"], task.Fields["hs_task_status"], task.Fields["hs_task_priority"]));
        Assert.Empty(crm.Notes);

        stage.Act("anna", "reject", reason: "bad timing", text: "new machine <not> before 2027");
        await stage.RunUntilQuietAsync();

        crm = stage.Crm("anna");
        Assert.Equal("COMPLETED", Assert.Single(crm.Tasks).Fields["hs_task_status"]);
        var note = Assert.Single(crm.Notes).Fields["hs_note_body"];
        Assert.StartsWith("Rejected by Rep-1 Holm 5 Jan 08:", note, StringComparison.Ordinal);
        Assert.Contains(": bad timing (\"new machine &lt;not&gt; before 2027\"). Back to marketing; may be sent again after 4 Jul 2026", note, StringComparison.Ordinal);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task Speaks_the_language_of_the_connection()
    {
        await using var stage = await Stage.StartAsync(new() { Language = "da" }, Some.Lead("anna") with { Owner = "rep-1" });
        await stage.OfferAsync("anna");
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();

        Assert.StartsWith("BAD OM DEMO: Svar på lead: ", stage.Crm("anna").Tasks[0].Fields["hs_task_subject"], StringComparison.Ordinal);
        Assert.StartsWith("Godkendt af Rep-1 Holm 05.01. kl. ", stage.Crm("anna").Notes[0].Fields["hs_note_body"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_that_expires_closes_its_task_and_says_so()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        await stage.PassAsync(TimeSpan.FromDays(20));

        Assert.Equal("COMPLETED", Assert.Single(stage.Crm("anna").Tasks).Fields["hs_task_status"]);
        Assert.StartsWith("No answer by ", Assert.Single(stage.Crm("anna").Notes).Fields["hs_note_body"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lead_offered_again_in_the_same_episode_has_its_task_opened_again()
    {
        var lead = Some.Lead("anna");
        await using var stage = await Stage.StartAsync(null, lead with { Company = lead.Company! with { Employees = null } });
        await stage.OfferAsync("anna");
        stage.Act("anna", "return");
        await stage.RunUntilQuietAsync();
        Assert.Equal("COMPLETED", stage.Crm("anna").Tasks[0].Fields["hs_task_status"]);

        stage.Act("anna", "edit", "marketing", fields: new Dictionary<string, string?> { ["company.numberofemployees"] = "140" });
        await stage.RunUntilQuietAsync();

        Assert.Equal("NOT_STARTED", Assert.Single(stage.Crm("anna").Tasks).Fields["hs_task_status"]);
        Assert.Single(stage.Crm("anna").Notes);
    }

    [Fact]
    public async Task A_task_that_somebody_deleted_is_not_made_again_to_be_closed()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        await stage.SendAsync(HttpMethod.Delete, $"/crm/objects/2026-09/tasks/{stage.Crm("anna").Tasks[0].Id}");

        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();

        Assert.Empty(stage.Crm("anna").Tasks);
        Assert.Single(stage.Crm("anna").Notes);
        Assert.Equal("gone", stage.File.Rows("SELECT state FROM activities WHERE kind = 'task'").Single());
    }

    [Fact]
    public async Task Nothing_is_made_in_shadow()
    {
        await using var stage = await Stage.StartAsync(new() { Live = false }, Some.Lead("anna"));
        stage.RaiseHand("anna");
        await stage.BaselineAsync();

        Assert.DoesNotContain(stage.Requests(), r => r.Effects.Any(e => e.ObjectName is "tasks" or "notes"));
        Assert.Equal(0, stage.File.Number("SELECT count(*) FROM activities"));
    }

    [Theory]
    [InlineData("drop-after", "tasks/batch/upsert")]
    [InlineData("drop-before", "tasks/batch/upsert")]
    [InlineData("delay-apply", "tasks/batch/upsert")]
    [InlineData("drop-after", "notes/batch/upsert")]
    [InlineData("drop-after", "associate/default")]
    [InlineData("drop-before", "associate/default")]
    [InlineData("status", "associate/default")]
    [InlineData("status", "tasks/batch/upsert")]
    public async Task A_lost_answer_leaves_one_task_and_one_note(string fault, string path)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.Fault(fault, path: path, seconds: fault == "delay-apply" ? 30 : null, status: fault == "status" ? 503 : null);

        await stage.OfferAsync("anna");
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();

        Assert.Contains(stage.Requests(), r => r.Fault == fault);
        Assert.Equal("COMPLETED", Assert.Single(stage.Crm("anna").Tasks).Fields["hs_task_status"]);
        Assert.Single(stage.Crm("anna").Notes);
        Assert.Equal(2, stage.ActivitiesMade);
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData("tasks/batch/upsert", true)]
    [InlineData("tasks/batch/upsert", false)]
    [InlineData("associate/default", true)]
    [InlineData("associate/default", false)]
    public async Task A_worker_killed_at_the_task_makes_no_second_one(string path, bool before)
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        stage.RaiseHand("anna");
        stage.Clock.AdvanceTo(stage.Now.AddSeconds(10));

        await stage.DieAndRestartAsync(before ? stage.Wire.DieBefore("POST", path) : stage.Wire.DieAfter("POST", path));
        await stage.RunUntilQuietAsync();

        Assert.Single(stage.Crm("anna").Tasks);
        Assert.Equal(1, stage.ActivitiesMade);
    }

    [Theory]
    [InlineData("tasks/batch/create", true)]
    [InlineData("tasks/batch/create", false)]
    public async Task Nor_where_the_account_may_have_no_unique_property(string path, bool before)
    {
        await using var stage = await Stage.StartAsync(
            new() { Switches = new() { SearchLagSeconds = 5, WebhookDelaySeconds = 1, UniqueActivityProperties = false } }, Some.Lead("anna"));
        stage.RaiseHand("anna");
        stage.Clock.AdvanceTo(stage.Now.AddSeconds(10));

        await stage.DieAndRestartAsync(before ? stage.Wire.DieBefore("POST", path) : stage.Wire.DieAfter("POST", path));
        await stage.RunUntilQuietAsync();
        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();

        Assert.Equal("COMPLETED", Assert.Single(stage.Crm("anna").Tasks).Fields["hs_task_status"]);
        Assert.Single(stage.Crm("anna").Notes);
        Assert.Equal(2, stage.ActivitiesMade);
    }

    [Fact]
    public async Task The_words_of_people_are_in_no_log_and_leave_the_outbox_once_sent()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna") with { Owner = "rep-1" });
        stage.Fault("status", path: "tasks/batch/upsert", status: 400, body: """{"status":"error","message":"Anna is wrong","category":"VALIDATION_ERROR"}""");
        await stage.OfferAsync("anna");
        stage.Act("anna", "reject", reason: "other", text: "canary-comment");
        await stage.RunUntilQuietAsync();

        Assert.DoesNotContain(stage.Logs.Lines, l => l.Text.Contains("Anna", StringComparison.Ordinal) || l.Text.Contains("canary", StringComparison.Ordinal));
        Assert.Contains(stage.Logs.Warnings, w => w.Contains("refused a Task (VALIDATION_ERROR)", StringComparison.Ordinal));
        Assert.All(stage.File.Rows("SELECT body FROM activities"), body => Assert.Empty(body));
    }
}
