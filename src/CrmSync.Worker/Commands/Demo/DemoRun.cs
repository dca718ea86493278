using CrmSync.Adapters;
using CrmSync.Adapters.Http;
using CrmSync.Sandbox;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Hosting;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Sync;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>
/// The demo's stage: sandbox CRMs and a worker in one process on a simulated clock. The clock steps to the next thing that
/// anybody does; between steps everything that waits is worked off, so the same seed tells the same story.
/// </summary>
internal sealed class DemoRun : IAsyncDisposable
{
    private readonly DemoOptions _options;
    private readonly SimulatedClock _clock;
    private readonly DemoSandbox _sandbox;
    private readonly SqliteStore _store;
    private readonly WebApplication _app;
    private readonly DemoAgenda _agenda = new(DemoOptions.PollInterval * 2);
    private readonly DemoRounds _rounds;
    private readonly IReadOnlyList<ConnectedCrm> _connections;

    private DemoRun(DemoOptions options, SimulatedClock clock, DemoSandbox sandbox, SqliteStore store, WebApplication app)
    {
        (_options, _clock, _sandbox, _store, _app) = (options, clock, sandbox, store, app);
        _connections = app.Services.GetRequiredService<IReadOnlyList<ConnectedCrm>>();
        _rounds = new(_connections, store.Reports, app.Services);
        Counts = app.Services.GetRequiredService<Intake.WebhookCounts>();
    }

    public SqliteStore Store => _store;
    public DemoSandbox Sandbox => _sandbox;
    public SimulatedClock Clock => _clock;
    public Intake.WebhookCounts Counts { get; }
    public Uri WebhookAddress => WebHost.Addresses(_app).Webhooks;

    /// <summary>Builds the stage: CRMs with their people, the worker, set-up, baseline, and going live.</summary>
    public static async Task<DemoRun> StartAsync(DemoOptions options, CommandWorld world, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var clock = new SimulatedClock(options.Start);
        var sandbox = await DemoSandbox.StartAsync(options, clock, cancellationToken);
        var store = await SqliteStore.OpenAsync(options.DataDirectory, cancellationToken);
        var settings = DemoSettings.Of(options, sandbox);
        var app = WebHost.Build(settings, logs, services =>
        {
            world.AddCrms(services);
            services.AddSingleton<TimeProvider>(clock);
            services.AddSingleton<CrmHandlerWrap>((_, inner) => new InFlightHandler(clock, inner));
            services.AddWorker(settings, store, Opening.Rules(settings));
        });
        await app.StartAsync(cancellationToken);
        var run = new DemoRun(options, clock, sandbox, store, app);
        await run.OpenAsync(cancellationToken);
        return run;
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var people = new DemoPeople(new(_options.Seed), _options.Start).Make(_options.Leads);
        foreach (var crm in _options.Crms)
        {
            var crowd = new DemoCrowd(crm, _sandbox.Of(crm), new(_options.Seed), _agenda, people);
            _sandbox.Attach(crm, crowd);
            await crowd.BeginAsync(_options.Start, cancellationToken);
        }
        foreach (var connection in _connections)
            await _clock.RunAsync(async () => await connection.Adapter.SetupAsync(planOnly: false, cancellationToken));
        await _clock.RunAsync(() => _rounds.BaselineAsync(_clock, cancellationToken));
        if (_options.Webhooks)
            _sandbox.Subscribe(WebHost.Addresses(_app).Webhooks);
        var memory = _app.Services.GetRequiredService<ConnectionMemory>();
        foreach (var connection in _connections)
            await memory.RememberAsync(connection.Name, ConnectionMemory.StartAt, _clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>Plays until nothing is left to happen. Answers whether it settled within the horizon.</summary>
    public async Task<bool> PlayAsync(Action<DateTimeOffset> progress, CancellationToken cancellationToken)
    {
        var end = _options.Start + DemoOptions.Horizon;
        while (await NextAsync(cancellationToken) is { } next)
        {
            if (next > end)
                return false;
            cancellationToken.ThrowIfCancellationRequested();
            _clock.AdvanceTo(next);
            progress(next);
            await StepAsync(cancellationToken);
        }
        return true;
    }

    /// <summary>One instant: people act, webhooks go out, what is rung runs, and everything that waits is worked off.</summary>
    private Task<bool> StepAsync(CancellationToken cancellationToken) => _clock.RunAsync(async () =>
    {
        await _agenda.DoAsync(_clock.GetUtcNow(), cancellationToken);
        await _sandbox.DeliverAsync(cancellationToken);
        await _rounds.RingAsync(_clock.GetUtcNow(), cancellationToken);
        while (await _rounds.WorkAsync(cancellationToken))
            await _sandbox.DeliverAsync(cancellationToken);
        _sandbox.Notice(_clock.GetUtcNow());
        return true;
    });

    /// <summary>The next instant at which anything can happen; null when all is settled.</summary>
    private async Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        var acts = Earliest(_agenda.Next, _sandbox.NextWebhook);
        var waiting = await _rounds.NextWaitingAsync(cancellationToken);
        // Deadlines far ahead (the end of a cool-off) keep nobody waiting once nothing is open.
        if (acts is null && await _rounds.IsAtRestAsync(_clock.GetUtcNow(), cancellationToken))
            return null;
        var next = Earliest(Earliest(acts, waiting), _rounds.NextRing);
        return next < _clock.GetUtcNow() ? _clock.GetUtcNow() : next;
    }

    private static DateTimeOffset? Earliest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    /// <summary>The clock stands still while a request is on its way.</summary>
    private sealed class InFlightHandler(SimulatedClock clock, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var flight = clock.InFlight();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
