using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Salesforce.Schema;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Sandbox.Salesforce;

/// <summary>A sandbox on a clock that only the test moves, and a client with a session of the first org.</summary>
internal sealed class OrgBench : IAsyncDisposable
{
    public const string Root = "/services/data/v68.0/";
    private static readonly System.Text.Json.JsonSerializerOptions AsWritten = new();

    public static readonly DateTimeOffset Start = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    private OrgBench(SandboxHost host, FakeTimeProvider clock, AccountCard account)
    {
        (Host, Clock, Account) = (host, clock, account);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = host.SalesforceUrl };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", account.Token);
        Client.DefaultRequestHeaders.Add("Sforce-Auto-Assign", "FALSE");
    }

    public SandboxHost Host { get; }

    public FakeTimeProvider Clock { get; }

    public AccountCard Account { get; }

    public HttpClient Client { get; }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<OrgBench> StartAsync(SalesforceSwitches? switches = null, int? pubSubPort = null)
    {
        var clock = new FakeTimeProvider(Start);
        var options = new SandboxOptions { Clock = clock, AutoDeliver = false, Salesforce = switches ?? new SalesforceSwitches(), PubSubPort = pubSubPort };
        var host = await SandboxHost.StartAsync(options, Stop);
        return new OrgBench(host, clock, host.Control.Reset(new ResetRequest()).Accounts.First(account => account.Crm == "salesforce"));
    }

    /// <summary>Adds one lead and returns its id.</summary>
    public string Lead(string key, Func<LeadSpec, LeadSpec>? with = null)
    {
        var lead = new LeadSpec { Key = key, Email = $"{key}@firm.example", Name = "Zoë Holm" };
        return Host.Control.AddLeads(new LeadsRequest { Crms = ["salesforce"], Leads = [with?.Invoke(lead) ?? lead] }).Ids[0].Id;
    }

    public ActReply Act(string key, string act, Func<ActRequest, ActRequest>? with = null)
    {
        var request = new ActRequest { Crm = "salesforce", Key = key, Act = act, Person = "rep1" };
        return Host.Control.Act(with?.Invoke(request) ?? request);
    }

    public void Switch(string name, JsonNode? value) => Host.Control.SetSwitch("salesforce", name, value);

    public LeadState State(string key) => Host.Control.State("salesforce").Leads.Single(lead => lead.Key == key);

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> PostAsync(string path, object body) => SendAsync(HttpMethod.Post, path, body);

    public Task<Reply> PatchAsync(string path, object body, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Patch, path, body, headers);

    public Task<Reply> QueryAsync(string soql, string resource = "query") => GetAsync($"{resource}?q={Uri.EscapeDataString(soql)}");

    /// <summary>The values of the query's first field, row by row.</summary>
    public async Task<string?[]> ColumnAsync(string soql, string resource = "query")
    {
        var reply = await QueryAsync(soql, resource);
        Assert.True(reply.Status == 200, reply.Text);
        return [.. reply.Body["records"]!.AsArray().Select(row => row!.AsObject().ElementAt(1).Value?.ToString())];
    }

    public async Task<Reply> SendAsync(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : Root + path) { Content = body is null ? null : JsonContent.Create(body, options: AsWritten) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await ReadAsync(request);
    }

    public async Task<Reply> FormAsync(string path, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post,
            path) { Content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))) };
        return await ReadAsync(request);
    }

    public async Task<Reply> SoapAsync(string path, string body)
    {
        var envelope = "<se:Envelope xmlns:se=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><se:Header><SessionHeader><sessionId>"
            + Account.Token + "</sessionId></SessionHeader></se:Header><se:Body>" + body + "</se:Body></se:Envelope>";
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(envelope, Encoding.UTF8, "text/xml") };
        return await ReadAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }

    private async Task<Reply> ReadAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        var json = response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) : null;
        var headers = response.Headers.ToDictionary(pair => pair.Key, pair => string.Join(',', pair.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, json ?? new JsonObject(), headers, text);
    }

    internal sealed record Reply(int Status, JsonNode Body, IReadOnlyDictionary<string, string> Headers, string Text)
    {
        /// <summary>The code of the first error.</summary>
        public string? Error => (Body as JsonArray)?[0]?["errorCode"]?.GetValue<string>();

        /// <summary>For each row of a collection its error's code, or null.</summary>
        public string?[] RowErrors => [.. Body.AsArray().Select(row => row!["errors"]!.AsArray().FirstOrDefault()?["statusCode"]?.GetValue<string>())];
    }
}
