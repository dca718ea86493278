using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;
using CrmSync.Leads.Fields;
using CrmSync.Sandbox.Contracts;

namespace CrmSync.Tests.Adapters;

/// <summary>What set-up does about the lists that people work from, and who is on them.</summary>
public sealed class HubSpotListSetupTests : IAsyncLifetime
{
    private static readonly string[] English = ["Waiting for an answer", "Overdue", "Rejected or returned in 7 days", "Almost there"];
    private static readonly string[] Danish = ["Venter på svar", "Over tiden", "Afvist eller returneret, 7 dage", "Næsten klar"];
    private CrmStage _stage = null!;

    public async ValueTask InitializeAsync() => _stage = await new HubSpotAdapterTests().StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData("en", "2026-09")]
    [InlineData("da", "2026-09")]
    [InlineData("en", "v3")]
    public async Task Makes_four_lists_and_then_finds_them(string language, string version)
    {
        var adapter = Connect(language, ("ApiVersion", version));

        var first = await SetUpAsync(adapter);
        var requests = Requests().Count;
        var again = await SetUpAsync(adapter);

        Assert.Equal((language == "da" ? Danish : English).Select(n => (n, SetupOutcome.Created)), Lists(first));
        Assert.Equal((language == "da" ? Danish : English).Select(n => (n, SetupOutcome.Exists)), Lists(again));
        Assert.DoesNotContain(Requests()[requests..], r => r.Method != "GET");
        Assert.Contains(Requests(), r => r.Path!.StartsWith(version == "v3" ? "/crm/v3/lists" : "/crm/lists/2026-09", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_writes_nothing()
    {
        var steps = await SetUpAsync(Connect("en"), planOnly: true);

        Assert.Equal(English.Select(n => (n, SetupOutcome.WouldCreate)), Lists(steps));
        Assert.All(Requests(), r => Assert.Equal("GET", r.Method));
    }

    [Theory]
    [InlineData("crm.lists.read")]
    [InlineData("crm.lists.write")]
    public async Task Gives_recipes_where_a_scope_is_missing_and_makes_all_else(string missing)
    {
        string[] granted = ["crm.objects.contacts.read", "crm.schemas.contacts.write", "crm.lists.read", "crm.lists.write"];
        _stage.Control.SetSwitch("hubspot", "scopes", new JsonArray([.. granted.Where(s => s != missing).Select(s => (JsonNode)s)]));

        var steps = await SetUpAsync(Connect("en"));

        Assert.Equal(English.Select(n => (n, SetupOutcome.Manual)), Lists(steps));
        Assert.All(steps.Where(s => s.What == "segment"), s => Assert.Contains($"(Give the app the scopes {missing}.", s.Detail, StringComparison.Ordinal));
        Assert.Contains("active: Hand-over is Waiting.", steps.First(s => s.What == "segment").Detail, StringComparison.Ordinal);
        Assert.Equal(HandoverFields.All.Count + 3, steps.Count(s => s.Outcome == SetupOutcome.Created));
    }

    [Fact]
    public async Task Gives_the_recipe_of_a_list_that_is_refused()
    {
        _stage.Fail(new() { Method = "POST", Path = "/crm/lists/" }, "status", 1, 400, """{"status":"error","message":"no","category":"VALIDATION_ERROR"}""");

        var steps = await SetUpAsync(Connect("en"));

        Assert.Equal([SetupOutcome.Manual, SetupOutcome.Created, SetupOutcome.Created, SetupOutcome.Created], Lists(steps).Select(l => l.Outcome));
    }

    [Fact]
    public async Task Leaves_a_list_of_somebody_else_alone()
    {
        var adapter = Connect("en");
        await SetUpAsync(adapter, planOnly: true);
        await SendAsync(HttpMethod.Post, "/crm/lists/2026-09", """
            {"name":"Overdue","objectTypeId":"0-1","processingType":"DYNAMIC","filterBranch":{"filterBranchType":"OR","filters":[],"filterBranches":[
            {"filterBranchType":"AND","filters":[{"filterType":"PROPERTY","property":"email","operation":{"operationType":"ALL_PROPERTY","operator":"IS_KNOWN"}}]}]}}
            """);
        await SendAsync(HttpMethod.Post, "/crm/lists/2026-09", """{"name":"Almost there","objectTypeId":"0-2","processingType":"MANUAL"}""");

        var steps = await SetUpAsync(adapter);

        Assert.Equal([SetupOutcome.Created, SetupOutcome.Manual, SetupOutcome.Created, SetupOutcome.Manual], Lists(steps).Select(l => l.Outcome));
        Assert.Contains("The name is taken", steps.Single(s => s.Name == "Overdue").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asks_nothing_about_lists_where_recipes_are_wanted()
    {
        var steps = await SetUpAsync(Connect("da", ("Lists", "recipe")));

        Assert.Equal(Danish.Select(n => (n, SetupOutcome.Manual)), Lists(steps));
        Assert.DoesNotContain(Requests(), r => r.Path!.Contains("/lists", StringComparison.Ordinal));
        Assert.Single(HubSpotOptions.Validate(HubSpotHarness.With(("Lists", "perhaps"))));
    }

    [Fact]
    public async Task A_contact_is_on_the_lists_that_its_hand_over_says()
    {
        await SetUpAsync(Connect("en"));
        var ids = _stage.Add(6);
        Edit(0, (HandoverFields.Handover, "waiting"), (HandoverFields.Due, "2026-01-06T09:00:00Z"));
        Edit(1, (HandoverFields.Handover, "rejected"), (HandoverFields.Fit, "75"), (HandoverFields.Interest, "20"));
        Edit(2, (HandoverFields.Handover, "returned"));
        Edit(3, (HandoverFields.Fit, "50"), (HandoverFields.Interest, "15"));
        Edit(4, (HandoverFields.Fit, "50"), (HandoverFields.Interest, "30"));
        Edit(5, (HandoverFields.Handover, "accepted"), (HandoverFields.Due, "2026-01-04T09:00:00Z"));

        Assert.Equal([[ids[0]], [], [ids[1], ids[2]], [ids[3]]], await MembersAsync());

        _stage.Time.SetUtcNow(new(2026, 1, 6, 8, 59, 0, TimeSpan.Zero));
        Assert.Equal([[ids[0]], [], [ids[1], ids[2]], [ids[3]]], await MembersAsync());

        _stage.Time.SetUtcNow(new(2026, 1, 6, 9, 1, 0, TimeSpan.Zero));
        Assert.Equal([[ids[0]], [ids[0]], [ids[1], ids[2]], [ids[3]]], await MembersAsync());

        _stage.Time.SetUtcNow(new(2026, 1, 14, 9, 0, 0, TimeSpan.Zero));
        Assert.Equal([[ids[0]], [ids[0]], [], [ids[3]]], await MembersAsync());
    }

    private ICrmAdapter Connect(string language, params (string Name, string Value)[] options) => _stage.Connect(c => c with
    {
        Language = language,
        Mapping = c.Mapping with { Options = c.Mapping.Options.Concat(options.Select(o => KeyValuePair.Create(o.Name, o.Value))).ToDictionary() },
    });

    private Task<IReadOnlyList<SetupStep>> SetUpAsync(ICrmAdapter adapter, bool planOnly = false) =>
        _stage.PumpAsync(adapter.SetupAsync(planOnly, TestContext.Current.CancellationToken));

    private static IEnumerable<(string Name, SetupOutcome Outcome)> Lists(IEnumerable<SetupStep> steps) =>
        steps.Where(s => s.What == "segment").Select(s => (s.Name, s.Outcome));

    private List<LogEntry> Requests() => [.. _stage.Control.Log().Where(e => e.Kind == "request")];

    private void Edit(int person, params (string Name, string? Value)[] fields) =>
        _stage.Act($"p{person}", "edit", fields: fields.ToDictionary(f => f.Name, f => f.Value), person: "rep1");

    private async Task<List<List<string>>> MembersAsync()
    {
        var all = new List<List<string>>();
        foreach (var name in English)
        {
            var list = await SendAsync(HttpMethod.Get, $"/crm/lists/2026-09/object-type-id/0-1/name/{Uri.EscapeDataString(name)}");
            var members = await SendAsync(HttpMethod.Get, $"/crm/lists/2026-09/{list["list"]!["listId"]}/memberships");
            all.Add([.. members["results"]!.AsArray().Select(m => m!["recordId"]!.GetValue<string>())]);
        }
        return all;
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var client = new HttpClient { BaseAddress = new Uri(_stage.Card.BaseUrl) };
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _stage.Card.Token);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }
}
