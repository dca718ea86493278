using System.Net;
using CrmSync.Adapters;
using CrmSync.Adapters.Http;
using CrmSync.Adapters.Pipedrive;
using CrmSync.Benchmarks.Processes;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Worker.Commands.Demo;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Hosting;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Sync;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Benchmarks.Purse;

/// <summary>A sandbox Pipedrive with the smallest purse, and a whole worker on it, both on one simulated clock.</summary>
internal sealed class PurseWorld : IAsyncDisposable
{
    private const string Name = "pipedrive";
    private readonly SimulatedClock _clock;
    private readonly SandboxHost _sandbox;
    private readonly SqliteStore _store;
    private readonly WebApplication _app;
    private readonly ConnectedCrm _connection;
    private readonly ConnectionLoop _loop;
    private readonly IReadOnlyList<IRecurringWork> _works;
    private readonly Dictionary<IRecurringWork, DateTimeOffset> _due = [];

    private PurseWorld(SimulatedClock clock, SandboxHost sandbox, SqliteStore store, WebApplication app)
    {
        (_clock, _sandbox, _store, _app) = (clock, sandbox, store, app);
        _connection = app.Services.GetRequiredService<IReadOnlyList<ConnectedCrm>>()[0];
        _loop = app.Services.GetRequiredService<ConnectionLoop>();
        _works = app.Services.GetRequiredService<IReadOnlyList<IRecurringWork>>();
    }

    public DateTimeOffset Now => _clock.GetUtcNow();
    public CrmSync.Sandbox.Control.SandboxControl Control => _sandbox.Control;
    public IReadOnlyList<QuotaStatus> Quotas => _connection.Adapter.Quotas;

    /// <summary>With these leads, read once, and live; a day later, so that the first reading's tokens are those of a day gone by.</summary>
    public static async Task<PurseWorld> StartAsync(string directory, DateTimeOffset start, IReadOnlyList<LeadSpec> leads)
    {
        var clock = new SimulatedClock(start);
        var sandbox = await SandboxHost.StartAsync(new() { Clock = clock, AutoDeliver = false, Pipedrive = new() { Plan = "Lite", Seats = 1 } });
        var card = sandbox.Control.Reset(new() { Seed = 1 }).Accounts.Single(a => a.Crm == Name);
        sandbox.Control.AddLeads(new() { Crms = [Name], Leads = leads });
        var port = Ports.Free(1)[0];
        var settings = new WorkerSettings
        {
            DataDirectory = directory,
            RulesFile = RulesLocation.Shipped,
            Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen"),
            Connections =
            [
                new(new()
                {
                    Name = Name, Crm = Name, AccountId = card.AccountId, BaseUrl = new(card.BaseUrl), Token = new(card.Token), WebhookSecrets = [new("purse")],
                    PublicUrl = new($"http://127.0.0.1:{port}/webhooks/{Name}"),
                    Mapping = new() { Options = new Dictionary<string, string> { ["Plan"] = "Lite", ["Seats"] = "1" } },
                }, ConnectionMode.ByStore, TimeSpan.FromMinutes(1), null) { Offers = OfferLimits.None },
            ],
            Webhooks = new(IPAddress.Loopback, port),
            Admin = new(IPAddress.Loopback, 0),
        };
        var store = await SqliteStore.OpenAsync(directory, default);
        var app = WebHost.Build(settings, NullLoggerFactory.Instance, services =>
        {
            services.AddPipedrive();
            services.AddSingleton<TimeProvider>(clock);
            services.AddSingleton<CrmHandlerWrap>((_, inner) => new Landing(clock, inner));
            services.AddWorker(settings, store, Opening.Rules(settings));
        });
        await app.StartAsync();
        var world = new PurseWorld(clock, sandbox, store, app);
        await clock.RunAsync(() => world.BeginAsync());
        await world.RunAsync(TimeSpan.FromHours(25), _ => { });
        return world;
    }

    /// <summary>Lets time pass minute by minute; in each of them people act first.</summary>
    public async Task RunAsync(TimeSpan time, Action<DateTimeOffset> act)
    {
        for (var end = Now + time; Now < end;)
        {
            var minute = Now.AddMinutes(1);
            act(Now);
            _clock.AdvanceTo(Now.AddSeconds(2));
            await _clock.RunAsync(TurnAsync);
            _clock.AdvanceTo(minute);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    private async Task<bool> BeginAsync()
    {
        await _connection.Adapter.SetupAsync(planOnly: false, default);
        var memory = _app.Services.GetRequiredService<ConnectionMemory>();
        for (var turns = 0; turns < 1000 && !await memory.HasBaselineAsync(Name, default); turns++)
            await TurnAsync();
        await memory.RememberAsync(Name, ConnectionMemory.StartAt, Now, default);
        return true;
    }

    private async Task<bool> TurnAsync()
    {
        await DeliverAsync();
        foreach (var work in _works.OrderByDescending(w => w is RulesWork or CheckWork))
        {
            if (_due.TryGetValue(work, out var due) && due > Now)
                continue;
            _due[work] = Now + work.Every;
            await work.RunAsync(Now, default);
        }
        while (await _loop.OnceAsync(_connection, default))
            await DeliverAsync();
        return true;
    }

    private async Task DeliverAsync()
    {
        using var flight = _clock.InFlight();
        await _sandbox.DeliverDueWebhooksAsync(default);
    }

    /// <summary>The clock stands still while a request is on its way.</summary>
    private sealed class Landing(SimulatedClock clock, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var flight = clock.InFlight();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
