using System.Collections.Concurrent;
using System.Text.Json;
using CrmSync.Adapters.HubSpot;
using CrmSync.Adapters.Http;
using CrmSync.Chaos.Checker.History;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.HubSpot.Schema;
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
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Chaos.SelfTest;

/// <summary>A sandbox CRM and a worker in one process on a simulated clock, without any fault: where a good history comes from.</summary>
internal sealed class SmallWorld : IAsyncDisposable
{
    public const string Name = "main";

    private readonly SimulatedClock _clock = new(new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero));
    private SandboxHost _sandbox = null!;
    private SqliteStore _store = null!;
    private WebApplication _app = null!;
    private IReadOnlyList<IRecurringWork> _works = null!;
    private ConnectionLoop _loop = null!;
    private ConnectedCrm _crm = null!;

    public string Data { get; } = Directory.CreateTempSubdirectory("crmsync-selftest-").FullName;
    public AccountCard Account { get; private set; } = null!;
    public ConcurrentQueue<WireCall> Wire { get; } = new();
    public DateTimeOffset Now => _clock.GetUtcNow();
    public Uri Webhooks => new(WebHost.Addresses(_app).Webhooks, $"/webhooks/{Name}");
    public IEnumerable<LogEntry> Log => _sandbox.Control.Log();
    public CrmState State => _sandbox.Control.State("hubspot");

    public static async Task<SmallWorld> StartAsync()
    {
        var world = new SmallWorld();
        world._sandbox = await SandboxHost.StartAsync(new()
        {
            Clock = world._clock, AutoDeliver = false, HubSpot = new HubSpotSwitches { SearchLagSeconds = 5, WebhookDelaySeconds = 1 },
        });
        world.Account = world._sandbox.Control.Reset(new() { Accounts = new Dictionary<string, int> { ["hubspot"] = 1 } }).Accounts[0];
        world._store = await SqliteStore.OpenAsync(world.Data, CancellationToken.None);
        await world.OpenAsync();
        return world;
    }

    public Task SetUpAsync() => _clock.RunAsync(() => _crm.Adapter.SetupAsync(planOnly: false, CancellationToken.None));

    /// <summary>Of what the product has a use for: an event between a company and a deal is nothing to keep.</summary>
    public void Subscribe() => _sandbox.Control.Subscribe(new()
    {
        Crm = "hubspot",
        Url = Webhooks,
        Events = ["contact.creation", "contact.deletion", "contact.merge", "contact.propertyChange", "contact.associationChange", "company.propertyChange", "deal.creation", "deal.propertyChange"],
    });

    public void Add(params LeadSpec[] leads) => _sandbox.Control.AddLeads(new() { Crms = ["hubspot"], Leads = leads });

    public void Act(ActRequest act) => _sandbox.Control.Act(act);

    /// <summary>Sweeps the account in shadow, then goes live; answers when.</summary>
    public async Task<DateTimeOffset> GoLiveAsync()
    {
        var memory = _app.Services.GetRequiredService<ConnectionMemory>();
        for (var turn = 0; turn < 500 && !await memory.HasBaselineAsync(Name, CancellationToken.None); turn++, _clock.AdvanceTo(Now.AddSeconds(1)))
            await TickAsync();
        await _store.AskAsync(RequestsWork.GoLive, JsonSerializer.Serialize(new StoreRequestBody(Name, null), JsonSerializerOptions.Web), Now, CancellationToken.None);
        var at = Now;
        await RestAsync();
        return at;
    }

    /// <summary>A request is under way: the clock stands still until it is disposed of.</summary>
    public IDisposable InFlight() => _clock.InFlight();

    /// <summary>Jumps ahead, and steps on until nothing is left to do.</summary>
    public async Task RestAsync(TimeSpan ahead = default)
    {
        _clock.AdvanceTo(Now + ahead);
        for (var (turn, calm) = (0, 0); turn < 400 && calm < 2; turn++)
        {
            var before = await MarkAsync();
            await TickAsync();
            DateTimeOffset?[] waits = [_sandbox.NextDue, await _store.NextIntentAsync(Name, default), await _store.NextActivityAsync(Name, default), await _store.NextPutOffAsync(Name, default)];
            calm = waits.Min() is null && before == await MarkAsync() ? calm + 1 : 0;
            _clock.AdvanceTo(waits.Min() > Now ? waits.Min()!.Value : Now.AddSeconds(6));
        }
    }

    /// <summary>Closes the worker, so that its file is at rest.</summary>
    public async Task CloseAsync()
    {
        await _store.DisposeAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }

    private async Task OpenAsync()
    {
        var rules = SettingsReader.RulesPath("sal-rules.yaml");
        var settings = WorkerOf.Settings(this, rules);
        _app = WebHost.Build(settings, NullLoggerFactory.Instance, services =>
        {
            services.AddHubSpot();
            services.AddSingleton<TimeProvider>(_clock);
            services.AddSingleton<CrmHandlerWrap>((_, inner) => new RecordedWire(this, inner));
            services.AddWorker(settings, _store, RuleSource.Open(rules).Source!);
        });
        await _app.StartAsync();
        _crm = _app.Services.GetRequiredService<IReadOnlyList<ConnectedCrm>>().Single();
        _works = _app.Services.GetRequiredService<IReadOnlyList<IRecurringWork>>();
        _loop = _app.Services.GetRequiredService<ConnectionLoop>();
    }

    private Task<bool> TickAsync() => _clock.RunAsync(async () =>
    {
        await DeliverAsync();
        foreach (var work in _works)
            await work.RunAsync(Now, CancellationToken.None);
        for (var turn = 0; turn < 1_000 && await _loop.OnceAsync(_crm, CancellationToken.None); turn++)
            await DeliverAsync();
        return true;
    });

    private async Task DeliverAsync()
    {
        using var flight = _clock.InFlight();
        await _sandbox.DeliverDueWebhooksAsync();
    }

    private async Task<(long, long)> MarkAsync() => ((await _store.HeadAsync(default)).Sequence, await _store.PendingAsync(Name, default));
}
