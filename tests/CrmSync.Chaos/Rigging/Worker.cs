using System.Globalization;
using System.Net;
using CrmSync.Adapters;
using CrmSync.Adapters.Http;
using CrmSync.Chaos.Crms;
using CrmSync.Sandbox.Contracts;
using CrmSync.Worker.Commands.Demo;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Hosting;
using CrmSync.Worker.Intake;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Sync;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Chaos.Rigging;

/// <summary>A worker in this process: the product as it is composed for the service, with taps where a life can end.</summary>
internal sealed class Worker : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Worker(WebApplication app, SqliteStore store, Life life, Ear ear) => (_app, Store, Life, Ear) = (app, store, life, ear);

    public SqliteStore Store { get; }
    public Life Life { get; }
    public Ear Ear { get; }
    public ConnectedCrm Connection => _app.Services.GetRequiredService<IReadOnlyList<ConnectedCrm>>()[0];
    public IReadOnlyList<IRecurringWork> Works => _app.Services.GetRequiredService<IReadOnlyList<IRecurringWork>>();
    public ConnectionLoop Loop => _app.Services.GetRequiredService<ConnectionLoop>();
    public StreamIntake Intake => _app.Services.GetRequiredService<StreamIntake>();
    public ConnectionMemory Memory => _app.Services.GetRequiredService<ConnectionMemory>();
    public Brake Brake => _app.Services.GetRequiredService<Brake>();
    public static string RulesFile(string directory) => Path.Combine(directory, "sal-rules.yaml");

    public Uri Webhooks => new(WebHost.Addresses(_app).Webhooks, "/webhooks/main");

    /// <param name="port">Where webhooks are awaited; 0 for any port. A worker that was killed is followed by one at the same place.</param>
    public static async Task<Worker> StartAsync(
        RigSetting setting, AccountCard account, string directory, SimulatedClock clock, Wires wires, CrashBook book, StoreTrouble trouble, IIds ids,
        ILoggerFactory logs, int port)
    {
        var store = await SqliteStore.OpenAsync(directory, CancellationToken.None);
        if (setting.Grant is not null && await ((IGrantStore)store).ReadAsync(Rig.Connection, CancellationToken.None) is null)
            await ((IGrantStore)store).SaveAsync(Rig.Connection, new(new(account.RefreshToken), null, null), CancellationToken.None);
        var (life, ear) = (new Life(book), new Ear());
        var settings = Settings(setting, account, directory, port);
        var app = WebHost.Build(settings, logs, services =>
        {
            setting.Crm.Register(services);
            Replace(services, setting, ear);
            services.AddSingleton<TimeProvider>(clock);
            services.AddSingleton<CrmHandlerWrap>((_, inner) => setting.Wire(wires.Wrap(life, inner)));
            services.AddWorker(settings, store, RuleSource.Open(settings.RulesFile).Source!);
            services.AddSingleton(ids);
            services.AddSingleton<IQuotaLedger>(new LedgerInPlace(store));
            services.AddSingleton(Tap.Of<IGrantStore>(store, point =>
            {
                life.Pass("grants " + point);
                trouble.Pass(point);
            }));
            services.AddSingleton(setting.Store(Tap.Of<ISyncStore>(store, point =>
            {
                life.Pass("store " + point);
                trouble.Pass(point);
            })));
        });
        await app.StartAsync();
        return new(app, store, life, ear);
    }

    /// <summary>The first thing that the service does. Death may come here as anywhere.</summary>
    public async Task<bool> BeginsAsync()
    {
        try
        {
            await _app.Services.GetRequiredService<RunStart>().RunAsync(CancellationToken.None);
            return true;
        }
        catch (WorkerDiedException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Store.DisposeAsync();
    }

    private static void Replace(IServiceCollection services, RigSetting setting, Ear ear)
    {
        var own = services.Single(s => s.ServiceType == typeof(ICrmProvider));
        services.Remove(own);
        services.AddSingleton<ICrmProvider>(p => new Provider((ICrmProvider)(own.ImplementationFactory?.Invoke(p) ?? ActivatorUtilities.CreateInstance(p, own.ImplementationType!)), setting, ear));
    }

    private static WorkerSettings Settings(RigSetting setting, AccountCard account, string directory, int port) => new()
    {
        DataDirectory = directory,
        RulesFile = RulesFile(directory),
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen"),
        Connections =
        [
            new(
                Connected(setting, account, setting is { Webhooks: true, Crm.SubscribesItself: true } ? new($"http://127.0.0.1:{port}/webhooks/{Rig.Connection}") : null),
                ConnectionMode.ByStore, setting.PollInterval, setting.StageOnRejected) { Offers = OfferLimits.None },
        ],
        Webhooks = new(IPAddress.Loopback, port),
        Admin = new(IPAddress.Loopback, 0),
    };

    private static CrmConnection Connected(RigSetting setting, AccountCard account, Uri? webhooks)
    {
        var connection = setting.Crm.Connection(account, webhooks);
        connection = setting.Grant is null ? connection : setting.Crm.ByGrant(connection, account);
        connection = setting.OneAtATime ? setting.Crm.OneAtATime(connection) : connection;
        connection = setting.RequestsPerDay is { } day ? CrmUnderTest.With(connection, "RequestsPerDay", day.ToString(CultureInfo.InvariantCulture)) : connection;
        return setting.PageSize is { } size ? CrmUnderTest.With(connection, "PageSize", size.ToString(CultureInfo.InvariantCulture)) : connection;
    }
}
