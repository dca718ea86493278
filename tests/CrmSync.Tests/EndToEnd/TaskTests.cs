using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary>What people do to the task of an open offer instead of answering.</summary>
public sealed class TaskTests
{
    private static StageSetting Keyed(bool byProperty) =>
        new() { Switches = new() { SearchLagSeconds = 5, WebhookDelaySeconds = 1, UniqueActivityProperties = byProperty } };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_task_closed_without_an_answer_is_open_again_within_a_poll_and_only_once(bool byProperty)
    {
        await using var stage = await Stage.StartAsync(Keyed(byProperty), Some.Lead("anna"));
        await stage.OfferAsync("anna");

        stage.Act("anna", "complete-task");
        await stage.RunForAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10));

        Assert.Equal("NOT_STARTED", Task(stage)["hs_task_status"]);
        Assert.Contains("was closed without an answer", Task(stage)["hs_task_body"], StringComparison.Ordinal);
        Assert.Null((await stage.RecordAsync("anna")).Episode!.ToldPercent);

        stage.Act("anna", "complete-task");
        await stage.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("COMPLETED", Task(stage)["hs_task_status"]);
        await stage.InvariantsHoldAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tasks_that_are_none_of_ours_cost_one_search_a_poll_and_nothing_more(bool byProperty)
    {
        await using var stage = await Stage.StartAsync(Keyed(byProperty), Some.Lead("anna"));
        await stage.OfferAsync("anna");
        await CreateTaskAsync(stage, "COMPLETED", "Call back [soon] about <b>prices</b>");
        await stage.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0, stage.File.Number("SELECT count(*) FROM inbox WHERE lead_id LIKE 'tasks/%'"));

        var log = stage.LogHead;
        await stage.TickAsync();
        Assert.Single(stage.Requests(log), r => r.Path!.EndsWith("tasks/search", StringComparison.Ordinal));
        Assert.DoesNotContain(stage.Requests(log), r => r.Path!.Contains("tasks", StringComparison.Ordinal) && !r.Path.EndsWith("/search", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deleted_task_is_made_again_by_the_next_reminder_and_only_once()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna") with { Owner = "rep-1" });
        await stage.OfferAsync("anna");
        var first = Task(stage);
        await DeleteTaskAsync(stage);
        await stage.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Empty(stage.Crm("anna").Tasks);

        await stage.PassAsync(TimeSpan.FromHours(3));
        Assert.StartsWith("REMINDER: ASKED FOR A DEMO: ", Task(stage)["hs_task_subject"], StringComparison.Ordinal);
        Assert.Equal((first["hs_task_body"], first["hs_timestamp"], first["hubspot_owner_id"], "NOT_STARTED"),
            (Task(stage)["hs_task_body"], Task(stage)["hs_timestamp"], Task(stage)["hubspot_owner_id"], Task(stage)["hs_task_status"]));
        Assert.Contains("The task had been deleted and was made again on 5 Jan 2026",
            (await stage.CommandAsync("explain", $"{Stage.Name}/{stage.IdOf("anna")}")).Out, StringComparison.Ordinal);

        await DeleteTaskAsync(stage);
        await stage.PassAsync(TimeSpan.FromHours(3));
        Assert.Equal(100, (await stage.RecordAsync("anna")).Episode!.ToldPercent);
        Assert.Empty(stage.Crm("anna").Tasks);
        Assert.Equal(2, stage.ActivitiesMade);
        await stage.InvariantsHoldAsync();
    }

    [Fact]
    public async Task A_task_made_again_takes_further_reminders_and_closes_with_the_answer()
    {
        await using var stage = await Stage.StartAsync(null, Some.Lead("anna"));
        await stage.OfferAsync("anna");
        await DeleteTaskAsync(stage);
        await stage.PassAsync(TimeSpan.FromHours(3));
        await stage.RestartAsync();
        await stage.PassAsync(TimeSpan.FromHours(3));
        Assert.StartsWith("OVERDUE: ", Task(stage)["hs_task_subject"], StringComparison.Ordinal);

        stage.Act("anna", "accept");
        await stage.RunUntilQuietAsync();
        Assert.Equal("COMPLETED", Task(stage)["hs_task_status"]);
        await stage.InvariantsHoldAsync();
    }

    private static Task CreateTaskAsync(Stage stage, string status, string body) => stage.SendAsync(HttpMethod.Post, "/crm/objects/2026-09/tasks", new
    {
        properties = new Dictionary<string, string> { ["hs_timestamp"] = "2026-01-05T12:00:00Z", ["hs_task_subject"] = "Call", ["hs_task_status"] = status, ["hs_task_body"] = body },
        associations = new[]
        {
            new { to = new { id = stage.IdOf("anna") }, types = new[] { new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 204 } } },
        },
    });

    private static Task DeleteTaskAsync(Stage stage) =>
        stage.SendAsync(HttpMethod.Delete, $"/crm/objects/2026-09/tasks/{Assert.Single(stage.Crm("anna").Tasks).Id}");

    private static IReadOnlyDictionary<string, string> Task(Stage stage) => Assert.Single(stage.Crm("anna").Tasks).Fields;
}
