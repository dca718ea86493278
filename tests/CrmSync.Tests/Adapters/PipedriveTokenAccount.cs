using System.Text;
using CrmSync.Adapters;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Leads.Facts;

namespace CrmSync.Tests.Adapters;

/// <summary>An account with one lead, whose person made one call; it remembers what it was asked.</summary>
internal sealed class PipedriveTokenAccount : IDisposable
{
    private readonly StubNetwork _network;
    private readonly PipedriveHarness _harness;

    public PipedriveTokenAccount(CrmConnection? connection = null)
    {
        _network = new((request, _) => Answer(request));
        _harness = new(_network);
        Adapter = _harness.Adapter(connection ?? PipedriveHarness.With(("RequestsPer2Seconds", "400")));
    }

    public ICrmAdapter Adapter { get; }

    /// <summary>When the lead was last changed.</summary>
    public string Stamp { get; set; } = "2026-01-02T07:00:00.004Z";

    /// <summary>When the list shows the call as changed.</summary>
    public string Listed { get; set; } = "2026-01-04T06:00:00Z";

    /// <summary>Whether the list shows the call at all.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>Whether it shows the task that we made.</summary>
    public bool IsTaskListed { get; set; }

    /// <summary>Whether activities are done, as JSON has it.</summary>
    public string Done { get; set; } = "false";

    /// <summary>How many more new activities get no clear answer.</summary>
    public int Failing { get; set; }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task<List<string>> CallsOfAsync(Func<Task> work)
    {
        var before = _network.Calls.Count;
        await work();
        return [.. _network.Calls.Skip(before).Where(c => c.Path.Contains("activities", StringComparison.Ordinal) || c.Path.Contains("notes", StringComparison.Ordinal) || c.Path.Contains("webhooks", StringComparison.Ordinal) || c.Path.EndsWith("/leads", StringComparison.Ordinal))
            .Select(c => $"{c.Method} {c.Path}")];
    }

    public async Task<CrmLead> ReadAsync(ReadDepth depth) => (await Adapter.ReadAsync([PipedriveHarness.Lead], depth, FactCatalogue.BuiltIn, Stop))[0].Lead!;

    public async Task<ActivityResult> PutAsync(LeadActivity activity) => (await Adapter.PutActivitiesAsync([activity], Stop))[0];

    public void Dispose()
    {
        (Adapter as IDisposable)?.Dispose();
        _network.Dispose();
    }

    public void Pass(TimeSpan time) => _harness.Time.Advance(time);

    public async Task<List<string>> PollAsync(string stream) =>
        [.. (await Adapter.PollAsync(stream, Adapter.PositionAt(PipedriveHarness.Start.AddDays(-9)), _harness.Time.GetUtcNow(), Stop)).Records.Select(r => r.Id)];

    /// <summary>Walks through all leads, and what goes before them.</summary>
    public async Task SweepAsync()
    {
        string? position = null;
        do
            position = (await Adapter.SweepAsync(position, Stop)).Position;
        while (position is not null);
    }

    public WebhookReading Tell(string entity, string id, string data, string source = "api")
    {
        var secret = new PipedriveSecret("main", new("s1"));
        var body = $$$"""{"data":{{{data}}},"previous":null,"meta":{"action":"change","company_id":"{{{PipedriveHarness.Company}}}","entity_id":"{{{id}}}","entity":"{{{entity}}}","id":"{{{Guid.NewGuid()}}}","webhook_id":"1","change_source":"{{{source}}}"}}""";
        return _harness.Provider.CreateWebhook(PipedriveHarness.Connection)!.Read(
            new("POST", new($"https://crmsync.example/webhooks/main/{secret.Path}"), new Dictionary<string, string> { ["authorization"] = secret.Authorization }, Encoding.UTF8.GetBytes(body)),
            PipedriveHarness.Start);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request) => (request.Method.Method, request.RequestUri!.AbsolutePath) switch
    {
        ("POST", "/api/v2/activities") when Failing-- > 0 => StubNetwork.Json("{}", 500),
        ("POST" or "PATCH", var path) when path.StartsWith("/api/v2/activities", StringComparison.Ordinal) => StubNetwork.Json($$"""{"success":true,"data":{{Act("8", "2026-01-05T06:30:00Z", "task")}}}"""),
        (_, "/api/v2/activities/7") => StubNetwork.Json($$"""{"success":true,"data":{{Act("7", "2026-01-05T06:00:00Z", "call")}}}"""),
        (_, "/api/v2/activities") => StubNetwork.Json($$"""{"success":true,"data":[{{string.Join(",", Listing())}}]}"""),
        ("POST", "/api/v1/webhooks") => StubNetwork.Json("""{"success":true,"data":{"id":1}}"""),
        ("POST", "/api/v1/notes") => StubNetwork.Json("""{"success":true,"data":{"id":5}}"""),
        (_, "/api/v2/persons/12") => StubNetwork.Json("""{"success":true,"data":{"id":12,"name":"A","activities_count":1}}"""),
        (_, "/api/v1/leads/archived") => StubNetwork.Json("""{"success":true,"data":[]}"""),
        (_, "/api/v1/leads") => StubNetwork.Json($$"""{"success":true,"data":[{{Lead()}}]}"""),
        (_, var path) when path.Contains("/leads/", StringComparison.Ordinal) => StubNetwork.Json($$"""{"success":true,"data":{{Lead()}}}"""),
        _ => PipedriveHarness.Answer(request),
    };

    private IEnumerable<string> Listing()
    {
        if (IsListed)
            yield return Act("7", Listed, "call");
        if (IsTaskListed)
            yield return Act("8", "2026-01-05T06:30:00Z", "task");
    }

    private string Act(string id, string stamp, string type) =>
        $$"""{"id":{{id}},"lead_id":"{{PipedriveHarness.Lead}}","person_id":12,"type":"{{type}}","done":{{Done}},"note":"x<br>[task/k/{{(id == "8" ? "2" : "0")}}]","update_time":"{{stamp}}","marked_as_done_time":"{{stamp}}"}""";

    private string Lead() => $$"""{"id":"{{PipedriveHarness.Lead}}","title":"A","owner_id":7,"person_id":12,"organization_id":null,"is_archived":false,"add_time":"2026-01-01T07:00:00.120Z","update_time":"{{Stamp}}"}""";

    public static LeadActivity Task(string episode) => new() { Key = $"task/k/{episode}", LeadId = PipedriveHarness.Lead, Kind = ActivityKind.Task, Title = "T", Body = "B", Completed = false };

    public static LeadActivity Note(string key) => new() { Key = $"note/{key}", LeadId = PipedriveHarness.Lead, Kind = ActivityKind.Note, Body = "B" };
}
