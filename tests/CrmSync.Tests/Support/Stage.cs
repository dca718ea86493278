using System.Net;
using System.Text.Json;
using CrmSync.Adapters;
using CrmSync.Adapters.HubSpot;
using CrmSync.Adapters.Http;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Commands;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Commands.Demo;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Hosting;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Sync;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Tests.Support;

/// <summary>
/// A sandbox CRM and a real worker on a SQLite file, in one process and on one simulated clock. Tests act as people in the
/// CRM, let time pass, and ask what the CRM holds and what the audit says.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    public const string Name = "main";

    private StageSetting _setting;
    private readonly string _directory = Directory.CreateTempSubdirectory("crmsync-e2e-").FullName;
    private readonly Dictionary<string, string> _ids = [];
    private readonly Dictionary<IRecurringWork, DateTimeOffset> _rung = [];
    private AccountCard _account = null!;
    private SqliteStore _store = null!;
    private WebApplication _app = null!;
    private IReadOnlyList<IRecurringWork> _works = null!;
    private ConnectionLoop _loop = null!;
    private bool _dead;

    /// <summary>Of a CRM that is told the address before it calls; otherwise any free one.</summary>
    private readonly int _webhookPort;

    private Stage(StageSetting setting) =>
        (_setting, Clock, _webhookPort) = (setting, new(setting.Start), setting is { Webhooks: true, Crm: not "hubspot" } ? Ports.Free() : 0);

    /// <summary>A change takes effect at the next restart.</summary>
    public StageSetting Setting
    {
        get => _setting;
        set => _setting = value;
    }

    public SimulatedClock Clock { get; }
    public SandboxHost Sandbox { get; private set; } = null!;
    public Wire Wire { get; } = new();
    public CollectedLogs Logs { get; } = new();
    public ConnectedCrm Connection { get; private set; } = null!;
    public AccountCard Account => _account;
    public ISyncStore Store => _store;
    public IServiceProvider Services => _app.Services;
    public string DataDirectory => _directory;
    public string RulesFile => Path.Combine(_directory, "sal-rules.yaml");
    public string ConfigFile => Path.Combine(_directory, "settings.json");
    public StoreFile File => new(_directory);
    public DateTimeOffset Now => Clock.GetUtcNow();
    public Uri WebhookAddress => new(WebHost.Addresses(_app).Webhooks, $"/webhooks/{Name}");
    public Uri AdminAddress => WebHost.Addresses(_app).Admin;

    public static async Task<Stage> StartAsync(StageSetting? setting = null, params LeadSpec[] leads)
    {
        var stage = new Stage(setting ?? new());
        stage.Sandbox = await SandboxHost.StartAsync(new() { Clock = stage.Clock, AutoDeliver = false, HubSpot = stage._setting.Switches, Pipedrive = stage._setting.Pipedrive });
        stage._account = stage.Sandbox.Control.Reset(new() { Accounts = new Dictionary<string, int> { [stage._setting.Crm] = 1 } }).Accounts[0];
        var rules = await System.IO.File.ReadAllTextAsync(RulesLocation.Shipped);
        await System.IO.File.WriteAllTextAsync(stage.RulesFile, stage._setting.Rules(rules));
        stage.WriteConfig();
        await stage.OpenAsync();
        if (stage._setting.Setup)
            await stage.Clock.RunAsync(() => stage.Connection.Adapter.SetupAsync(planOnly: false, CancellationToken.None));
        stage.Add(leads);
        if (stage._setting is { Webhooks: true, Crm: "hubspot" })
            stage.Sandbox.Control.Subscribe(new() { Crm = "hubspot", Url = stage.WebhookAddress });
        if (stage._setting.Live)
        {
            await stage.BaselineAsync();
            await stage.GoLiveAsync();
            await stage.PassAsync(TimeSpan.FromMinutes(1));
        }
        return stage;
    }

    /// <summary>Sweeps the account once, in shadow.</summary>
    public async Task BaselineAsync()
    {
        var memory = Services.GetRequiredService<ConnectionMemory>();
        for (var turn = 0; turn < 500; turn++)
        {
            await TickAsync();
            if (await memory.HasBaselineAsync(Name, CancellationToken.None))
                return;
            Clock.AdvanceTo(Now.AddSeconds(1));
        }
        Assert.Fail("The baseline does not end.");
    }

    public async Task GoLiveAsync()
    {
        await AskAsync(RequestsWork.GoLive);
        await TickAsync();
    }

    /// <summary>Asks the worker for something, as a command does.</summary>
    public Task AskAsync(string kind, string? leadId = null) => _store.AskAsync(
        kind, JsonSerializer.Serialize(new StoreRequestBody(Name, leadId), JsonSerializerOptions.Web), Now, CancellationToken.None);

    public void Add(params LeadSpec[] leads)
    {
        foreach (var lead in Sandbox.Control.AddLeads(new() { Crms = [_setting.Crm], Leads = leads }).Ids)
            _ids[lead.Key] = lead.Id;
    }

    public void Act(string key, string act, string? person = "rep-1", string? reason = null, string? text = null, string? stage = null, string? into = null,
        IReadOnlyDictionary<string, string?>? fields = null) =>
        Sandbox.Control.Act(new()
        {
            Crm = _setting.Crm, Key = key, Act = act, Person = person, Reason = reason, Text = text, Stage = stage, Into = into,
            Fields = fields ?? new Dictionary<string, string?>(),
        });

    public void RaiseHand(string key) => Act(key, "submit-form", null, fields: new Dictionary<string, string?> { ["kind"] = "handRaise", ["title"] = "Demo request: Book a demo" });

    /// <summary>Raises the hand of a lead and lets the worker offer it.</summary>
    public async Task OfferAsync(params string[] keys)
    {
        foreach (var key in keys)
            RaiseHand(key);
        await RunUntilQuietAsync();
        Assert.All(keys, key => Assert.Equal("waiting", Field(key, "crmsync_handover")));
    }

    /// <summary>One instant: webhooks arrive, everything recurring rings, and what waits is worked off.</summary>
    public Task TickAsync() => Clock.RunAsync(async () =>
    {
        await DeliverAsync();
        foreach (var work in _works)
        {
            if (work is CheckWork && _rung.TryGetValue(work, out var last) && Now < last + work.Every)
                continue;
            _rung[work] = Now;
            await work.RunAsync(Now, CancellationToken.None);
        }
        for (var turn = 0; turn < 1_000 && await _loop.OnceAsync(Connection, CancellationToken.None); turn++)
            await DeliverAsync();
        return true;
    });

    /// <summary>Lets time pass, a step at a time, until nothing is left to do now and two polls saw nothing new.</summary>
    public async Task RunUntilQuietAsync()
    {
        var calm = 0;
        for (var turn = 0; turn < 400 && calm < 2; turn++)
        {
            var before = await MarkAsync();
            await TickAsync();
            var next = await NextAsync();
            calm = next is null && before == await MarkAsync() ? calm + 1 : 0;
            Clock.AdvanceTo(next > Now ? next.Value : Now.AddSeconds(6));
        }
        Assert.True(calm == 2, "It does not come to rest: " + string.Join("\n", Logs.Warnings.TakeLast(5)));
    }

    /// <summary>Jumps ahead, as after a night, and lets the worker catch up.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.AdvanceTo(Now + time);
        await RunUntilQuietAsync();
    }

    /// <summary>Steps on for a time at a fixed pace; nothing needs to come to rest.</summary>
    public async Task RunForAsync(TimeSpan time, TimeSpan? pace = null)
    {
        for (var end = Now + time; Now < end; Clock.AdvanceTo(Now + (pace ?? TimeSpan.FromSeconds(30))))
            await TickAsync();
    }

    /// <summary>Runs until the worker dies at a place on the wire, and starts another one on the same data.</summary>
    public async Task DieAndRestartAsync(Task death)
    {
        var dying = TickAsync();
        await Task.WhenAny(death, dying);
        Assert.True(death.IsCompleted, "The worker did not get to where it should have died.");
        await RestartAsync();
    }

    /// <summary>Ends the worker and starts another one on the same data, or on what was put there meanwhile.</summary>
    public async Task RestartAsync(Action? between = null)
    {
        await CloseAsync();
        between?.Invoke();
        await OpenAsync();
    }

    public LeadState Crm(string key) => Sandbox.Control.State(_setting.Crm).Leads.Single(l => l.Key == key);

    public string? Field(string key, string field) => Crm(key).Fields.GetValueOrDefault(field);

    /// <summary>What the worker remembers of a lead.</summary>
    public async Task<LeadRecord> RecordAsync(string key) => (await _store.FindAsync(Name, [_ids[key]], CancellationToken.None))[_ids[key]];

    public string IdOf(string key) => _ids[key];

    public IReadOnlyList<AuditLine> Audit(string key) => File.Audit(_ids[key]);

    public IReadOnlyList<LogEntry> Requests(long after = 0) => [.. Sandbox.Control.Log(after).Where(e => e.Kind == "request")];

    public long LogHead => Sandbox.Control.Log() is [.., var last] ? last.N : 0;

    /// <summary>Markers that our writes put into a lead's record, in order.</summary>
    public IReadOnlyList<string> MarkersWritten(string key) => [.. Requests()
        .SelectMany(e => e.Effects)
        .Where(e => e.Field == "crmsync_marker" && e.Id == _ids[key] && !string.IsNullOrEmpty(e.After))
        .Select(e => e.After!)];

    /// <summary>How many tasks and notes were ever made.</summary>
    public int ActivitiesMade => Requests().SelectMany(e => e.Effects).Count(e => e is { ObjectName: "tasks" or "notes", Field: "id" });

    /// <summary>Calls the CRM's own API beside the worker.</summary>
    public async Task SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var flight = Clock.InFlight();
        using var client = new HttpClient { BaseAddress = new Uri(_account.BaseUrl) };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("Bearer", _account.Token);
        request.Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body);
        using var response = await client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode);
    }

    public void Fault(string fault, string method = "POST", string path = "contacts/batch/update", int? take = 1, int? every = null, int? status = null, string? body = null,
        double? seconds = null, IReadOnlyDictionary<string, string?>? headers = null) =>
        Sandbox.Control.AddFault(new()
        {
            Crm = _setting.Crm, Match = new() { Method = method, Path = path }, Take = every is null ? take : null, Every = every, Fault = fault, Status = status, Body = body,
            Seconds = seconds, Headers = headers,
        });

    /// <summary>
    /// What holds at rest whatever happened: the chain verifies, each decision has exactly one end, each applied one exactly
    /// one effect in the CRM, nothing is open.
    /// </summary>
    public async Task InvariantsHoldAsync()
    {
        var verdict = await AuditVerifier.VerifyAsync(_store.ReadRowsAsync(0, CancellationToken.None));
        Assert.True(verdict.IsWhole, verdict.ToString());
        Assert.Equal(0, File.Number("SELECT count(*) FROM intents WHERE settled_at IS NULL"));
        var rows = File.Audit();
        var ends = rows.Where(r => r.Kind is "Applied" or "Refused" or "Conflict" or "Superseded" or "Gone").ToLookup(r => r.Transition);
        Assert.All(rows.Where(r => r.Kind == "Decided"), decided => Assert.Single(ends[decided.Transition]));
        var markers = Requests().SelectMany(e => e.Effects).Where(e => e.Field == "crmsync_marker" && !string.IsNullOrEmpty(e.After)).Select(e => e.After!).ToList();
        Assert.Equal(markers.Distinct(), markers);
        Assert.All(rows.Where(r => r.Kind == "Applied"), applied => Assert.Single(markers, m => m.EndsWith(applied.Transition!, StringComparison.Ordinal)));
        Assert.All(markers, m => Assert.Contains(rows, r => r.Kind == "Decided" && m.Contains(r.Transition!, StringComparison.Ordinal)));
    }

    /// <summary>Runs a command beside the worker, which goes on working meanwhile.</summary>
    public Task<CommandResult> CommandAsync(params string[] args) =>
        WorkWhileAsync(CommandResult.RunAsync([.. args, "--config", ConfigFile, "--data", _directory]));

    /// <summary>Runs a command with other settings than the worker's.</summary>
    public Task<CommandResult> CommandWithAsync(string config, params string[] args) =>
        WorkWhileAsync(CommandResult.RunAsync([.. args, "--config", config, "--data", _directory]));

    private async Task<CommandResult> WorkWhileAsync(Task<CommandResult> running)
    {
        while (!running.IsCompleted)
        {
            await TickAsync();
            await Task.WhenAny(running, Task.Delay(20));
        }
        return await running;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await Sandbox.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task CloseAsync()
    {
        if (_dead)
            return;
        _dead = true;
        await _store.DisposeAsync();
        await _app.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        _store = await SqliteStore.OpenAsync(_directory, CancellationToken.None);
        var settings = Settings();
        _app = WebHost.Build(settings, Logs, services =>
        {
            services.AddHubSpot().AddPipedrive();
            services.AddSingleton<TimeProvider>(Clock);
            services.AddSingleton<CrmHandlerWrap>((_, inner) => Wire.Wrap(new InFlight(Clock, inner)));
            services.AddWorker(settings, _store, RuleSource.Open(RulesFile).Source!);
            if (_setting.Store is { } wrap)
                services.AddSingleton(wrap(_store));
        });
        await _app.StartAsync();
        Connection = Services.GetRequiredService<IReadOnlyList<ConnectedCrm>>().Single();
        _works = Services.GetRequiredService<IReadOnlyList<IRecurringWork>>();
        _loop = Services.GetRequiredService<ConnectionLoop>();
        _rung.Clear();
        _dead = false;
        await Services.GetRequiredService<RunStart>().RunAsync(CancellationToken.None);
    }

    private WorkerSettings Settings() => new()
    {
        DataDirectory = _directory,
        RulesFile = RulesFile,
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen"),
        Connections =
        [
            new(
                new CrmConnection
                {
                    Name = Name,
                    Crm = _setting.Crm,
                    AccountId = _account.AccountId,
                    BaseUrl = new(_account.BaseUrl),
                    Token = new(_account.Token),
                    WebhookSecrets = [new(_account.WebhookSecret)],
                    PublicUrl = _webhookPort == 0 ? null : new($"http://127.0.0.1:{_webhookPort}/webhooks/{Name}"),
                    Language = _setting.Language,
                    Mapping = new() { Options = _setting.Options, ReportFields = _setting.ReportFields },
                },
                _setting.Mode, TimeSpan.FromMinutes(1), _setting.StageOnRejected) { Offers = _setting.Offers, Pilot = _setting.Pilot, AcceptOn = _setting.AcceptOn },
        ],
        Webhooks = new(IPAddress.Loopback, _webhookPort),
        Admin = new(IPAddress.Loopback, 0),
    };

    private void WriteConfig() => System.IO.File.WriteAllText(ConfigFile, JsonSerializer.Serialize(new
    {
        Rules = RulesFile,
        Connections = new Dictionary<string, object>
        {
            [Name] = new { _setting.Crm, _account.AccountId, _account.BaseUrl, _account.Token },
        },
    }));

    private async Task DeliverAsync()
    {
        using var flight = Clock.InFlight();
        await Sandbox.DeliverDueWebhooksAsync();
    }

    private async Task<(long, long)> MarkAsync() => ((await _store.HeadAsync(CancellationToken.None)).Sequence, await _store.PendingAsync(Name, CancellationToken.None));

    /// <summary>The next thing that must happen; deadlines of offers are no such thing.</summary>
    private async Task<DateTimeOffset?> NextAsync()
    {
        DateTimeOffset?[] waiting =
        [
            Sandbox.NextWebhookDue,
            await _store.NextIntentAsync(Name, CancellationToken.None),
            await _store.NextActivityAsync(Name, CancellationToken.None),
            await _store.NextPutOffAsync(Name, CancellationToken.None),
            Connection.Gate.ClosedUntil(Now),
        ];
        return waiting.Min();
    }

    private sealed class InFlight(SimulatedClock clock, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var flight = clock.InFlight();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
