using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.HubSpot.Schema;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Sandbox;

/// <summary>A sandbox on a clock that only the test moves, and a client with the first account's token.</summary>
internal sealed class SandboxBench : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    private readonly HttpClient client;

    private SandboxBench(SandboxHost host, FakeTimeProvider clock, AccountCard account)
    {
        (Host, Clock, Account) = (host, clock, account);
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = host.HubSpotUrl };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", account.Token);
    }

    public SandboxHost Host { get; }

    public FakeTimeProvider Clock { get; }

    public AccountCard Account { get; }

    public HttpClient Client => client;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Search shows changes at once unless a test asks for the lag, and batch results keep their order.</summary>
    public static async Task<SandboxBench> StartAsync(HubSpotSwitches? switches = null)
    {
        var clock = new FakeTimeProvider(Start);
        var options = new SandboxOptions
        {
            Clock = clock,
            AutoDeliver = false,
            HubSpot = switches ?? new HubSpotSwitches { SearchLagSeconds = 0, ShuffleBatchResults = false },
        };
        var host = await SandboxHost.StartAsync(options, Stop);
        return new SandboxBench(host, clock, host.Control.Reset(new ResetRequest { Accounts = new Dictionary<string, int> { ["hubspot"] = 1 } }).Accounts[0]);
    }

    /// <summary>Adds one lead and returns its id.</summary>
    public string Lead(string key, Func<LeadSpec, LeadSpec>? with = null)
    {
        var lead = new LeadSpec { Key = key, Email = $"{key}@firm.example", Name = "Zoë Holm" };
        return Host.Control.AddLeads(new LeadsRequest { Leads = [with?.Invoke(lead) ?? lead] }).Ids[0].Id;
    }

    public ActReply Act(string key, string act, Func<ActRequest, ActRequest>? with = null)
    {
        var request = new ActRequest { Crm = "hubspot", Key = key, Act = act, Person = "rep1" };
        return Host.Control.Act(with?.Invoke(request) ?? request);
    }

    public void Fault(string fault, string path, Func<FaultRequest, FaultRequest>? with = null)
    {
        var request = new FaultRequest { Crm = "hubspot", Fault = fault, Match = new FaultMatch { Path = path } };
        Host.Control.AddFault(with?.Invoke(request) ?? request);
    }

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public Task<Reply> PatchAsync(string path, object body) => SendAsync(HttpMethod.Patch, path, body);

    /// <summary>Writes properties of a contact.</summary>
    public Task<Reply> WriteAsync(string id, string property, string value) =>
        PatchAsync($"/crm/objects/2026-09/contacts/{id}", new { properties = new Dictionary<string, string> { [property] = value } });

    public Task<Reply> SearchAsync(object body) => PostAsync("/crm/objects/2026-09/contacts/search", body);

    /// <summary>Reads one property of a contact.</summary>
    public async Task<string?> ReadAsync(string id, string property)
    {
        var reply = await GetAsync($"/crm/objects/2026-09/contacts/{id}?properties={property}");
        return reply.Body["properties"]?[property]?.GetValue<string>();
    }

    public async Task<Reply> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await client.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        var json = response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : null;
        var headers = response.Headers.ToDictionary(pair => pair.Key, pair => string.Join(',', pair.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, json ?? new JsonObject(), headers, text);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Host.DisposeAsync();
    }

    internal sealed record Reply(int Status, JsonNode Body, IReadOnlyDictionary<string, string> Headers, string Text)
    {
        public string? this[string name] => Body[name]?.ToString();
    }
}
