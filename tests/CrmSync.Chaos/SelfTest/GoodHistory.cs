using System.Text;
using System.Text.Json;
using CrmSync.Adapters.HubSpot;
using CrmSync.Chaos.Checker.History;
using CrmSync.Sandbox.Contracts;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Shell;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Chaos.SelfTest;

/// <summary>A few days of a small company, played once: everything that a history is checked for happens in it, and nothing goes wrong.</summary>
public sealed class GoodHistory : IAsyncLifetime
{
    private SmallWorld _world = null!;
    private DriverWebhooks _webhooks = null!;

    public RunHistory History { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await SmallWorld.StartAsync();
        _webhooks = new(_world);
        await _world.SetUpAsync();
        var setUpAt = _world.Now.AddSeconds(1);
        await _world.RestAsync(TimeSpan.FromMinutes(1));
        _world.Add([.. "anna bo carl dora eva finn gina hans ida jon kim lea".Split(' ').Select(Lead)]);
        _world.Subscribe();
        var liveAt = await _world.GoLiveAsync();
        await PlayAsync();
        History = await ToldAsync(setUpAt, liveAt);
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private async Task PlayAsync()
    {
        RaiseHands("anna", "bo", "carl", "dora", "eva", "finn", "ida");
        Act("hans", "submit-form", null, fields: new() { ["kind"] = "webinarAttended" });
        Act("hans", "submit-form", null, fields: new() { ["kind"] = "contentDownload" });
        Act("kim", "submit-form", null, fields: new() { ["kind"] = "contentDownload" });
        await _world.RestAsync(TimeSpan.FromMinutes(5));
        Act("anna", "accept");
        Act("bo", "reject", reason: "no need");
        Act("carl", "return");
        Act("dora", "set-stage", stage: "SalesQualified");
        Act("eva", "delete");
        Act("finn", "merge", into: "gina");
        Act("ida", "accept");
        Act("jon", "set-stage", stage: "MarketingQualified");
        await _webhooks.SendAsync(9_001, IdOf("lea"), isAuthentic: true);
        await _webhooks.SendAsync(9_002, IdOf("lea"), isAuthentic: false);
        await _world.RestAsync(TimeSpan.FromHours(5));
        Act("carl", "edit", "marketing", fields: new() { ["company.numberofemployees"] = "240" });
        Act("ida", "win");
        Act("lea", "edit", "marketing", fields: new() { ["city"] = "Aarhus" });
        await _world.RestAsync(TimeSpan.FromHours(20));
        Act("carl", "accept");
        Act("hans", "reject", reason: "bad timing");
        await _world.RestAsync(TimeSpan.FromHours(1));
        RaiseHands("bo");
        await _world.RestAsync(TimeSpan.FromDays(1));
    }

    private async Task<RunHistory> ToldAsync(DateTimeOffset setUpAt, DateTimeOffset liveAt)
    {
        var kpis = await KpisAsync();
        await _world.CloseAsync();
        var files = Directory.EnumerateFiles(_world.Data).Where(f => !f.EndsWith(".json", StringComparison.Ordinal)).ToDictionary(f => Path.GetFileName(f), f => Encoding.Latin1.GetString(File.ReadAllBytes(f)));
        return new()
        {
            Facts = new()
            {
                Connection = SmallWorld.Name,
                OurIdentity = "static",
                SetUpAt = setUpAt,
                LiveAt = liveAt,
                StageOrder = ["subscriber", "lead", "marketingqualifiedlead", SalValue, "salesqualifiedlead", "opportunity", "customer", "evangelist", "other"],
                StageValues = new Dictionary<string, string>
                {
                    ["Lead"] = "lead", ["MarketingQualified"] = "marketingqualifiedlead", ["SalesAccepted"] = SalValue, ["SalesQualified"] = "salesqualifiedlead",
                    ["Opportunity"] = "opportunity", ["Customer"] = "customer",
                },
                BackwardTo = new HashSet<string> { "Lead" },
                Quotas = [new("!/search", TimeSpan.FromSeconds(10), 114), new("/search", TimeSpan.FromSeconds(1), 5)],
                AllowedHosts = new HashSet<string> { new Uri(_world.Account.BaseUrl).Authority },
                Canaries = [_world.Account.Token, _world.Account.WebhookSecret],
            },
            Log = LogReader.Log(_world.Log.Select(e => JsonSerializer.Serialize(e, JsonSerializerOptions.Web))),
            Leads = LogReader.State(JsonSerializer.Serialize(_world.State, JsonSerializerOptions.Web)),
            Store = StoreReader.Read(_world.Data, SmallWorld.Name),
            Webhooks = _webhooks.Sent,
            Wire = [.. _world.Wire],
            Outputs = files.Append(new("kpi", kpis)).ToDictionary(),
            Kpis = kpis,
        };
    }

    private string SalValue => _world.Log.SelectMany(e => e.Effects)
        .First(c => c.Field == CrmFields.Stage && c.Before == "marketingqualifiedlead" && c.Actor == "api:static" && c.After is not (null or "lead" or "salesqualifiedlead")).After!;

    private async Task<string> KpisAsync()
    {
        var config = Path.Combine(_world.Data, "settings.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            Connections = new Dictionary<string, object> { [SmallWorld.Name] = new { Crm = "hubspot", _world.Account.AccountId, _world.Account.BaseUrl, _world.Account.Token } },
        }));
        using var output = new StringWriter();
        using var error = new StringWriter();
        var commands = new CommandWorld(output, error, TimeProvider.System, _ => NullLoggerFactory.Instance, services => services.AddHubSpot());
        var exit = await Task.Run(() => CommandRoot.RunAsync(commands, ["kpi", "--json", "--config", config, "--data", _world.Data], CancellationToken.None));
        Assert.True(exit == 0, error.ToString());
        return output.ToString();
    }

    private string IdOf(string key) => _world.State.Leads.First(l => l.Key == key).Id;

    private void RaiseHands(params string[] keys)
    {
        foreach (var key in keys)
            Act(key, "submit-form", null, fields: new() { ["kind"] = "handRaise", ["title"] = "Demo request: Book a demo" });
    }

    private void Act(string key, string act, string? person = "rep-1", string? reason = null, string? stage = null, string? into = null, Dictionary<string, string?>? fields = null) =>
        _world.Act(new() { Crm = "hubspot", Key = key, Act = act, Person = person, Reason = reason, Stage = stage, Into = into, Fields = fields ?? [] });

    private static LeadSpec Lead(string key) => new()
    {
        Key = key,
        Name = $"Anna {key}",
        Email = $"{key}@{key}.example",
        JobTitle = "Head of Production",
        Phone = "+45 20000000",
        Country = "Denmark",
        Company = new() { Key = $"co-{key}", Name = $"Company {key}", Domain = $"{key}.example", Industry = "MACHINERY", Employees = 140, Country = "Denmark" },
    };
}
