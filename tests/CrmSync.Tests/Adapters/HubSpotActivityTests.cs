using CrmSync.Adapters;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Adapters;

/// <summary>HubSpot's own ways to lose a task or note, or to make it twice.</summary>
public sealed class HubSpotActivityTests : IAsyncLifetime
{
    private CrmStage _stage = null!;
    private string _id = "";

    public async ValueTask InitializeAsync()
    {
        _stage = await new HubSpotAdapterTests().StartAsync();
        _id = _stage.Add(2)[0];
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData("status", 503)]
    [InlineData("status", 429)]
    [InlineData("drop-after", null)]
    [InlineData("drop-before", null)]
    public async Task A_tie_that_failed_after_the_upsert_is_made_the_next_time(string fault, int? status)
    {
        await _stage.SetUpAsync();
        var body = status == 429 ? """{"status":"error","message":"You have reached your daily limit.","errorType":"RATE_LIMIT","policyName":"DAILY"}""" : null;
        _stage.Fail(new() { Path = "associate/default" }, fault, 1, status, body);

        var first = await TryAsync();
        _stage.Pass(TimeSpan.FromHours(2));
        var second = await _stage.PutAsync(Task());

        Assert.NotEqual(WriteOutcome.Applied, first);
        Assert.Equal(WriteOutcome.Applied, Assert.Single(second).Outcome);
        Assert.Single(_stage.Lead(_id).Tasks);
        Assert.Equal(1, _stage.Activities);
    }

    [Fact]
    public async Task A_key_taken_in_the_same_moment_is_found_the_next_time()
    {
        await _stage.SetUpAsync();
        await _stage.PutAsync(Task());
        _stage.Fail(new() { Path = "tasks/batch/upsert" }, "status", 1, 400, """
            {"status":"error","message":"Property values were not valid","category":"VALIDATION_ERROR",
            "errors":[{"message":"71400000001 already has that value.","code":"CONFLICTING_UNIQUE_VALUE","context":{"propertyName":["crmsync_key"]}}]}
            """);

        Assert.Equal(WriteOutcome.NotSent, Assert.Single(await _stage.PutAsync(Task())).Outcome);
        Assert.Equal(WriteOutcome.Applied, Assert.Single(await _stage.PutAsync(Task())).Outcome);
        Assert.Single(_stage.Lead(_id).Tasks);
    }

    [Fact]
    public async Task A_spent_quota_stops_the_call_before_anything_was_made()
    {
        await _stage.SetUpAsync();
        await _stage.PutAsync(Task() with { Key = "task/other/1" });
        _stage.Fail(new() { Path = "tasks/batch/upsert" }, "status", 1, 429, """{"status":"error","message":"You have reached your daily limit.","errorType":"RATE_LIMIT","policyName":"DAILY"}""");

        var parked = await Assert.ThrowsAsync<CrmException>(() => _stage.PutAsync(Task()));

        Assert.Equal(CrmFailure.RateLimited, parked.Failure);
        Assert.Equal(1, _stage.Activities);
    }

    [Fact]
    public async Task A_lead_deleted_in_between_is_gone_and_spoils_no_other()
    {
        await _stage.SetUpAsync();
        var others = _stage.Add(new LeadSpec { Key = "x", Email = "x@x.dk" }, new LeadSpec { Key = "y", Email = "y@y.dk" });
        _stage.Act("p0", "delete");

        var results = await _stage.PutAsync([Task(), .. others.Select(id => Task() with { Key = $"task/{id}/1", LeadId = id })]);

        Assert.Equal([WriteOutcome.Gone, WriteOutcome.Applied, WriteOutcome.Applied], results.Select(r => r.Outcome));
        Assert.All(others, id => Assert.Single(_stage.Lead(id).Tasks));
    }

    [Fact]
    public async Task Knows_them_by_their_body_where_the_account_may_have_no_unique_property()
    {
        _stage.Control.SetSwitch("hubspot", "uniqueActivityProperties", false);
        var steps = await _stage.PumpAsync(_stage.Adapter.SetupAsync(false, TestContext.Current.CancellationToken));

        await _stage.PutAsync(Task());
        await _stage.PutAsync(Task() with { Completed = true });

        Assert.Equal([SetupOutcome.Manual, SetupOutcome.Manual], steps.Where(s => s.Name.EndsWith(".crmsync_key", StringComparison.Ordinal)).Select(s => s.Outcome));
        var task = Assert.Single(_stage.Lead(_id).Tasks);
        Assert.Equal("COMPLETED", task.Fields["hs_task_status"]);
        Assert.EndsWith("<br>[task/key/1]", task.Fields["hs_task_body"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_the_beginning_of_another_is_told_apart_in_a_body()
    {
        var adapter = _stage.Connect(c => c with { Mapping = c.Mapping with { Options = new Dictionary<string, string>(c.Mapping.Options) { ["ActivityKey"] = "body" } } });
        var later = Task() with { Key = "task/key/12" };
        Task<IReadOnlyList<ActivityResult>> PutAsync(LeadActivity activity) =>
            _stage.PumpAsync(adapter.PutActivitiesAsync([activity], TestContext.Current.CancellationToken));

        await PutAsync(later);
        await PutAsync(Task());

        Assert.Equal(2, _stage.Lead(_id).Tasks.Count);
    }

    [Fact]
    public async Task Names_the_scope_that_users_need()
    {
        string[] scopes = ["crm.objects.contacts.read", "crm.objects.companies.read", "crm.objects.deals.read"];
        _stage.Control.SetSwitch("hubspot", "scopes", new System.Text.Json.Nodes.JsonArray([.. scopes.Select(s => (System.Text.Json.Nodes.JsonNode)s)]));

        var problems = await _stage.CheckAsync();

        Assert.Contains(problems, p => p is { Code: "scope-missing", Reach: ProblemReach.Hint } && p.Repair.Contains("crm.objects.owners.read", StringComparison.Ordinal));
        Assert.Empty(await _stage.PumpAsync(_stage.Adapter.UsersAsync(TestContext.Current.CancellationToken)));
    }

    private async Task<WriteOutcome?> TryAsync()
    {
        try
        {
            return (await _stage.PutAsync(Task()))[0].Outcome;
        }
        catch (CrmException)
        {
            return null;
        }
    }

    private LeadActivity Task() => new()
    {
        Key = "task/key/1", LeadId = _id, Kind = ActivityKind.Task, Title = "Answer lead", Body = "Read and answer.", DueAt = CrmStage.Start.AddDays(1), Completed = false,
    };
}
