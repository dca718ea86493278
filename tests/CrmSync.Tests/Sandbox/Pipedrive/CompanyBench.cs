using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Sandbox.Pipedrive;

/// <summary>
/// A sandbox on a clock that only the test moves, and a client with the API token of the first company. Each answer is held against the vendor's own description of the
/// API where that is at hand.
/// </summary>
internal sealed class CompanyBench : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private static readonly System.Text.Json.JsonSerializerOptions AsWritten = new();

    private CompanyBench(SandboxHost host, FakeTimeProvider clock, AccountCard account)
    {
        (Host, Clock, Account) = (host, clock, account);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = host.PipedriveUrl };
        Client.DefaultRequestHeaders.Add("x-api-token", account.Token);
    }

    public SandboxHost Host { get; }

    public FakeTimeProvider Clock { get; }

    public AccountCard Account { get; }

    public HttpClient Client { get; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<CompanyBench> StartAsync(PipedriveSwitches? switches = null)
    {
        var clock = new FakeTimeProvider(Start);
        var options = new SandboxOptions { Clock = clock, AutoDeliver = false, Pipedrive = switches ?? new PipedriveSwitches(), Watch = SpecCheck.Watch };
        var host = await SandboxHost.StartAsync(options, Stop);
        return new CompanyBench(host, clock, host.Control.Reset(new ResetRequest()).Accounts.First(account => account.Crm == "pipedrive"));
    }

    /// <summary>Adds one lead and returns its id.</summary>
    public string Lead(string key, Func<LeadSpec, LeadSpec>? with = null)
    {
        var lead = new LeadSpec { Key = key, Email = $"{key}@firm.example", Name = "Zoë Holm", Company = new() { Key = "firm", Name = "Firm", Employees = 50, Industry = "machinery", Country = "Denmark" } };
        return Host.Control.AddLeads(new LeadsRequest { Crms = ["pipedrive"], Leads = [with?.Invoke(lead) ?? lead] }).Ids[0].Id;
    }

    public ActReply Act(string key, string act, Func<ActRequest, ActRequest>? with = null)
    {
        var request = new ActRequest { Crm = "pipedrive", Key = key, Act = act, Person = "rep1" };
        return Host.Control.Act(with?.Invoke(request) ?? request);
    }

    public void Switch(string name, JsonNode? value) => Host.Control.SetSwitch("pipedrive", name, value);

    public LeadState State(string key) => Host.Control.State("pipedrive").Leads.Single(lead => lead.Key == key);

    /// <summary>The field with a name, as the fields API tells it.</summary>
    public async Task<JsonNode> FieldAsync(string name, string entity = "deal") =>
        (await GetAsync($"/api/v2/{entity}Fields?limit=500")).Items.First(field => field["field_name"]!.GetValue<string>() == name);

    public async Task<string> CodeAsync(string name, string entity = "deal") => (await FieldAsync(name, entity))["field_code"]!.GetValue<string>();

    public async Task<long> OptionAsync(string name, string label) =>
        (await FieldAsync(name))["options"]!.AsArray().First(option => option!["label"]!.GetValue<string>() == label)!["id"]!.GetValue<long>();

    /// <summary>Makes the list "Answer on lead" that a rep answers with.</summary>
    public async Task<string> AnswerFieldAsync() => (await PostAsync("/api/v2/dealFields", new
    {
        field_name = "Answer on lead",
        field_type = "enum",
        options = new[] { new { label = "Accept: I will follow up" }, new { label = "Reject: bad timing" } },
    })).Data["field_code"]!.GetValue<string>();

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<Reply> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, body);

    public Task<Reply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public async Task<Reply> SendAsync(HttpMethod method, string path, object? body, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: AsWritten) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        var json = response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : null;
        var all = response.Headers.ToDictionary(pair => pair.Key, pair => string.Join(',', pair.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, json ?? new JsonObject(), all, text);
    }

    public async Task<int> DeliverAsync(TimeSpan? after = null)
    {
        Clock.Advance(after ?? TimeSpan.FromSeconds(2));
        return await Host.DeliverDueWebhooksAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Assert.DoesNotContain(Host.Control.Log(), e => e.Reply == "sandbox failed");
        await Host.DisposeAsync();
    }

    internal sealed record Reply(int Status, JsonNode Body, IReadOnlyDictionary<string, string> Headers, string Text)
    {
        public JsonNode Data => Body["data"] ?? throw new InvalidOperationException($"{Status}: {Text}");

        public IReadOnlyList<JsonNode> Items => [.. (Body["data"] as JsonArray ?? []).Select(item => item!)];

        public string? Error => Body["error"]?.GetValue<string>();

        public string? Code => Body["code"]?.GetValue<string>();

        public string? NextCursor => Body["additional_data"]?["next_cursor"]?.GetValue<string>();
    }
}
