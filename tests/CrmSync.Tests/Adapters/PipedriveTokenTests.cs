using System.Text;
using CrmSync.Adapters;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Tests.Adapters;

/// <summary>What is not asked for, since every call takes tokens from everybody: and that it is asked for where that would hide something.</summary>
public sealed class PipedriveTokenTests
{
    private const string List = "GET /api/v2/activities";
    private const string Alone = "GET /api/v2/activities/7";
    private const string Notes = "GET /api/v1/notes";
    private readonly StubNetwork _network;
    private readonly PipedriveHarness _harness;
    private readonly ICrmAdapter _adapter;
    private string _stamp = "2026-01-02T07:00:00.004Z";
    private string _done = "false";
    private string _listed = "2026-01-04T06:00:00Z";
    private int _failing;

    public PipedriveTokenTests()
    {
        _network = new((request, _) => Answer(request));
        _harness = new(_network);
        _adapter = _harness.Adapter();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_activity_that_an_event_names_is_read_alone_and_the_list_not_again()
    {
        Assert.Equal([List], await CallsOfAsync(() => ReadAsync(ReadDepth.Facts)));
        Assert.Empty(await CallsOfAsync(() => ReadAsync(ReadDepth.Facts)));
        _done = "true";
        Tell("activity", "7", $$"""{"lead_id":"{{PipedriveHarness.Lead}}","done":true,"update_time":"2026-01-05T06:00:00Z"}""");

        Assert.Equal([Alone], await CallsOfAsync(() => ReadAsync(ReadDepth.Facts)));
        Assert.NotNull((await ReadAsync(ReadDepth.Facts)).ContactedAt);
    }

    [Fact]
    public async Task An_activity_that_a_page_shows_takes_the_place_of_the_one_known()
    {
        await ReadAsync(ReadDepth.Facts);
        _done = "true";
        _listed = "2026-01-05T06:00:00Z";
        await PollAsync("activities");

        Assert.Empty(await CallsOfAsync(async () => Assert.NotNull((await ReadAsync(ReadDepth.Facts)).ContactedAt)));
    }

    [Fact]
    public async Task What_we_wrote_ourselves_is_no_news_on_a_page_unless_it_may_hide_what_somebody_did()
    {
        await ReadAsync(ReadDepth.Facts);
        await ReadAsync(ReadDepth.Guard);
        _stamp = "2026-01-02T08:00:00.000Z";
        await WriteAsync();
        Assert.Empty(await PollAsync("leads"));

        _stamp = "2026-01-02T09:00:00.000Z"; // somebody's edit of which no event came
        await ReadAsync(ReadDepth.Guard);
        _stamp = "2026-01-02T09:00:01.000Z";
        await WriteAsync();
        Assert.Equal([PipedriveHarness.Lead], await PollAsync("leads"));
    }

    [Fact]
    public async Task A_note_that_was_certainly_never_sent_is_not_looked_for_and_any_other_is()
    {
        Assert.Equal(["POST /api/v1/notes"], await CallsOfAsync(() => PutAsync(Note("t1") with { IsFirst = true })));
        Assert.Equal([Notes, "POST /api/v1/notes"], await CallsOfAsync(() => PutAsync(Note("t2"))));
    }

    [Fact]
    public async Task A_task_is_looked_for_among_those_kept_where_nobody_can_have_sent_it_meanwhile()
    {
        await ReadAsync(ReadDepth.Facts);

        Assert.Equal([List, "POST /api/v2/activities"], await CallsOfAsync(() => PutAsync(Task("1"))));
        Assert.Equal(["POST /api/v2/activities"], await CallsOfAsync(() => PutAsync(Task("2") with { IsFirst = true })));
        Assert.Equal(["PATCH /api/v2/activities/8"], await CallsOfAsync(() => PutAsync(Task("2") with { Completed = true })));
    }

    [Fact]
    public async Task A_task_of_which_nobody_knows_whether_it_was_made_is_looked_for_by_a_new_list()
    {
        await ReadAsync(ReadDepth.Facts);
        _failing = 1;
        Assert.Equal(WriteOutcome.Unknown, (await PutAsync(Task("1") with { IsFirst = true })).Outcome);

        Assert.Equal([List, "POST /api/v2/activities"], await CallsOfAsync(() => PutAsync(Task("1"))));
    }

    [Fact]
    public async Task A_change_of_a_task_that_we_made_is_no_news_and_a_persons_is()
    {
        await PutAsync(Task("2"));
        var stamp = "2026-01-05T06:30:00Z";
        Assert.Empty(Tell("activity", "8", $$"""{"lead_id":"{{PipedriveHarness.Lead}}","done":false,"update_time":"{{stamp}}"}""").Hints);
        Assert.NotEmpty(Tell("activity", "8", $$"""{"lead_id":"{{PipedriveHarness.Lead}}","done":true,"update_time":"{{stamp}}"}""").Hints);
        Assert.NotEmpty(Tell("activity", "8", $$"""{"lead_id":"{{PipedriveHarness.Lead}}","done":false,"update_time":"{{stamp}}"}""", source: "app").Hints);
    }

    [Fact]
    public async Task A_task_that_somebody_closed_just_before_our_change_is_heard_of()
    {
        await PutAsync(Task("2"));
        _done = "true";
        await PutAsync(Task("2") with { Title = "REMINDER", Completed = null, ChangesOnly = true });

        Assert.NotEmpty(Tell("activity", "8", $$"""{"lead_id":"{{PipedriveHarness.Lead}}","done":true,"update_time":"2026-01-05T06:30:00Z"}""").Hints);
    }

    [Theory]
    [InlineData("2026-01-05T06:59:58Z", 2)]
    [InlineData("2026-01-05T07:00:00Z", 1)]
    public void An_event_is_what_a_poll_finds_later_once_its_second_is_over(string stamp, int hints)
    {
        var told = Tell("person", "12", $$"""{"update_time":"{{stamp}}"}""");
        Assert.Equal(hints, told.Hints.Count);
        Assert.Equal(hints == 2, told.Hints.Any(h => h.Delivery == $"persons:12@{stamp}"));
    }

    [Fact]
    public async Task Leads_of_a_person_are_asked_for_once()
    {
        await _adapter.LeadsOfAsync("persons", ["12"], Stop);
        Assert.Empty(await CallsOfAsync(async () => await _adapter.LeadsOfAsync("persons", ["12"], Stop)));
    }

    [Fact]
    public void Only_deals_have_a_history() => Assert.Equal((false, true), (_adapter.KeepsHistoryOf(PipedriveHarness.Lead), _adapter.KeepsHistoryOf("12")));

    private async Task<List<string>> CallsOfAsync(Func<Task> work)
    {
        var before = _network.Calls.Count;
        await work();
        return [.. _network.Calls.Skip(before).Where(c => c.Path.Contains("activities", StringComparison.Ordinal) || c.Path.Contains("notes", StringComparison.Ordinal) || c.Path.EndsWith("/leads", StringComparison.Ordinal))
            .Select(c => $"{c.Method} {c.Path}")];
    }

    private async Task<CrmLead> ReadAsync(ReadDepth depth) => (await _adapter.ReadAsync([PipedriveHarness.Lead], depth, FactCatalogue.BuiltIn, Stop))[0].Lead!;

    private async Task<ActivityResult> PutAsync(LeadActivity activity) => (await _adapter.PutActivitiesAsync([activity], Stop))[0];

    private async Task WriteAsync() => Assert.Equal(WriteOutcome.Applied, (await _adapter.WriteAsync(
        [new(PipedriveHarness.Lead, "t", StageStep.Keep, LifecycleStage.Lead, new Dictionary<string, string?> { [HandoverFields.Why] = "x" })], Stop))[0].Outcome);

    private async Task<List<string>> PollAsync(string stream) =>
        [.. (await _adapter.PollAsync(stream, _adapter.PositionAt(PipedriveHarness.Start.AddDays(-9)), PipedriveHarness.Start, Stop)).Records.Select(r => r.Id)];

    private WebhookReading Tell(string entity, string id, string data, string source = "api")
    {
        var secret = new PipedriveSecret("main", new("s1"));
        var body = $$$"""{"data":{{{data}}},"previous":null,"meta":{"action":"change","company_id":"{{{PipedriveHarness.Company}}}","entity_id":"{{{id}}}","entity":"{{{entity}}}","id":"{{{Guid.NewGuid()}}}","webhook_id":"1","change_source":"{{{source}}}"}}""";
        return _harness.Provider.CreateWebhook(PipedriveHarness.Connection)!.Read(
            new("POST", new($"https://crmsync.example/webhooks/main/{secret.Path}"), new Dictionary<string, string> { ["authorization"] = secret.Authorization }, Encoding.UTF8.GetBytes(body)),
            PipedriveHarness.Start);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request) => (request.Method.Method, request.RequestUri!.AbsolutePath) switch
    {
        ("POST", "/api/v2/activities") when _failing-- > 0 => StubNetwork.Json("{}", 500),
        ("POST" or "PATCH", var path) when path.StartsWith("/api/v2/activities", StringComparison.Ordinal) => StubNetwork.Json($$"""{"success":true,"data":{{Act("8", "2026-01-05T06:30:00Z", "task")}}}"""),
        (_, "/api/v2/activities/7") => StubNetwork.Json($$"""{"success":true,"data":{{Act("7", "2026-01-05T06:00:00Z", "call")}}}"""),
        (_, "/api/v2/activities") => StubNetwork.Json($$"""{"success":true,"data":[{{Act("7", _listed, "call")}}]}"""),
        ("POST", "/api/v1/notes") => StubNetwork.Json("""{"success":true,"data":{"id":5}}"""),
        (_, "/api/v2/persons/12") => StubNetwork.Json("""{"success":true,"data":{"id":12,"name":"A","activities_count":1}}"""),
        (_, "/api/v1/leads") => StubNetwork.Json($$"""{"success":true,"data":[{{Lead()}}]}"""),
        (_, var path) when path.Contains("/leads/", StringComparison.Ordinal) => StubNetwork.Json($$"""{"success":true,"data":{{Lead()}}}"""),
        _ => PipedriveHarness.Answer(request),
    };

    private string Act(string id, string stamp, string type) =>
        $$"""{"id":{{id}},"lead_id":"{{PipedriveHarness.Lead}}","person_id":12,"type":"{{type}}","done":{{_done}},"note":"x<br>[task/k/{{(id == "8" ? "2" : "0")}}]","update_time":"{{stamp}}","marked_as_done_time":"{{stamp}}"}""";

    private string Lead() => $$"""{"id":"{{PipedriveHarness.Lead}}","title":"A","owner_id":7,"person_id":12,"organization_id":null,"is_archived":false,"add_time":"2026-01-01T07:00:00.120Z","update_time":"{{_stamp}}"}""";

    private static LeadActivity Task(string episode) => new() { Key = $"task/k/{episode}", LeadId = PipedriveHarness.Lead, Kind = ActivityKind.Task, Title = "T", Body = "B", Completed = false };

    private static LeadActivity Note(string key) => new() { Key = $"note/{key}", LeadId = PipedriveHarness.Lead, Kind = ActivityKind.Note, Body = "B" };
}
