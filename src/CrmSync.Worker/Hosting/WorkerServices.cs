using CrmSync.Adapters;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Brakes;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Intake;
using CrmSync.Worker.Notify;
using CrmSync.Worker.Reports;
using CrmSync.Worker.Reports.Weekly;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Sync;
using CrmSync.Worker.Telemetry;
using CrmSync.Worker.WriteBack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Hosting;

/// <summary>The worker as a table of contents: what it is made of, whoever rings it.</summary>
internal static class WorkerServices
{
    /// <summary>Needs the CRMs, a <see cref="TimeProvider"/> and logging registered.</summary>
    public static IServiceCollection AddWorker(this IServiceCollection services, WorkerSettings settings, SqliteStore store, RuleSource rules)
    {
        services.AddSingleton(settings);
        services.AddSingleton<ISyncStore>(store);
        services.AddSingleton<IOfferBook>(store);
        services.AddSingleton<IKpiRollUp>(store);
        services.AddSingleton<IToldFigures>(store);
        services.AddSingleton(store.Reports);
        services.AddSingleton<IStoreGauges>(store);
        services.AddSingleton<IAuditLog>(store);
        services.AddSingleton<IGrantStore>(store);
        services.AddSingleton<IQuotaLedger>(store);
        services.AddSingleton(rules);
        services.AddSingleton<IIds, RandomIds>();
        services.AddSingleton<WebhookCounts>();
        services.AddSingleton<WebhookTimes>();
        services.AddSingleton<CrmRequests>();
        services.AddSingleton<UnknownCounts>();
        services.AddSingleton<EchoCounts>();
        services.AddSingleton<IMetricsPart, ProcessMetrics>();
        services.AddSingleton<IMetricsPart>(p => new TenureMetrics(p.GetService<DataLock>(), store.LeaseEpoch, store.Broken));
        services.AddSingleton<IMetricsPart, StoreMetrics>();
        services.AddSingleton<IMetricsPart, ConnectionMetrics>();
        services.AddSingleton<IMetricsPart, CallMetrics>();
        services.AddSingleton<MetricsPage>();
        services.AddSingleton<Heartbeats>();
        services.AddSingleton<StoreProbe>();
        services.AddSingleton<ConnectionMemory>();
        services.AddSingleton<Brake>();
        services.AddSingleton<OfferBrake>();
        services.AddSingleton<LoopBrake>();
        services.AddSingleton<Backlog>();
        services.AddSingleton<Withdrawals>();
        services.AddSingleton<StandingOrders>();
        services.AddSingleton<Admission>();
        services.AddSingleton(p => new Assessor(p.GetRequiredService<RuleSource>()));
        services.AddSingleton(p => new HandoverWriter(() => store.StoreId, settings.Zone));
        services.AddSingleton<LeadJudge>();
        services.AddSingleton<OfferAssigner>();
        services.AddSingleton(p => new Restoration(
            p.GetRequiredService<ISyncStore>(), store, settings.DataDirectory, () => p.GetRequiredService<RuleSource>().Current.CoolOff,
            p.GetRequiredService<IIds>(), p.GetRequiredService<ILogger<Restoration>>()));
        services.AddSingleton<Amends>();
        services.AddSingleton<RunStart>();
        services.AddSingleton<HintExpansion>();
        services.AddSingleton<ToldMerges>();
        services.AddSingleton<LeadsInHand>();
        services.AddSingleton<LeadReconciler>();
        services.AddSingleton(p => new WriteBackPass(
            p.GetRequiredService<ISyncStore>(), p.GetRequiredService<ConnectionMemory>(), p.GetRequiredService<TimeProvider>(),
            () => p.GetRequiredService<RuleSource>().Current.Catalogue, p.GetRequiredService<EchoCounts>()));
        services.AddSingleton<UnknownPass>();
        services.AddSingleton<ActivityPass>();
        services.AddSingleton(p => new ConnectionLoop(
            p.GetRequiredService<LeadReconciler>(), p.GetRequiredService<WriteBackPass>(), p.GetRequiredService<UnknownPass>(),
            p.GetRequiredService<ActivityPass>(),
            p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<ConnectionLoop>>()));
        services.AddSingleton(Connect);
        services.AddSingleton<IReadOnlyDictionary<string, ConnectedCrm>>(p =>
            p.GetRequiredService<IReadOnlyList<ConnectedCrm>>().ToDictionary(c => c.Name, StringComparer.Ordinal));
        services.AddSingleton<WebhookEndpoint>();
        services.AddSingleton(p => new StreamIntake(
            p.GetRequiredService<ISyncStore>(), p.GetRequiredService<ConnectionMemory>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<StreamIntake>>()));
        services.AddSingleton(Works);
        return services;
    }

    private static Dictionary<string, ICrmProvider> Providers(IServiceProvider services) =>
        services.GetServices<ICrmProvider>().ToDictionary(p => p.Crm, StringComparer.OrdinalIgnoreCase);

    private static IReadOnlyList<ConnectedCrm> Connect(IServiceProvider services)
    {
        var providers = Providers(services);
        var rules = services.GetRequiredService<RuleSource>().Current;
        return [.. services.GetRequiredService<WorkerSettings>().Connections
            .Select(settings => settings with { Crm = CustomFacts.Map(settings.Crm, rules) })
            .Select(settings => new ConnectedCrm(
                settings, providers[settings.Crm.Crm].CreateAdapter(settings.Crm), providers[settings.Crm.Crm].CreateWebhook(settings.Crm)))];
    }

    private static IReadOnlyList<IRecurringWork> Works(IServiceProvider services)
    {
        var (store, clock, memory) = (services.GetRequiredService<ISyncStore>(), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ConnectionMemory>());
        ILogger<T> LogOf<T>() => services.GetRequiredService<ILogger<T>>();
        IEnumerable<IRecurringWork> OfConnection(ConnectedCrm connection) =>
        [
            new CheckWork(connection, memory, clock, LogOf<CheckWork>()),
            new PollWork(connection, memory, store, clock, LogOf<PollWork>()),
            new SweepWork(connection, memory, store, clock, LogOf<SweepWork>()),
            new DueWork(connection, store),
            new PilotWork(connection, clock, LogOf<PilotWork>()),
        ];
        return
        [
            .. services.GetRequiredService<IReadOnlyList<ConnectedCrm>>().SelectMany(OfConnection),
            .. Audiences.Of(
                services.GetRequiredService<WorkerSettings>(), services.GetRequiredService<IReadOnlyList<ConnectedCrm>>(), services.GetRequiredService<RuleSource>(),
                store, services.GetRequiredService<IOfferBook>(), LogOf<NotifyWork>()),
            new RulesWork(services.GetRequiredService<RuleSource>(), store, services.GetRequiredService<WorkerSettings>().RulesFile, LogOf<RulesWork>()),
            new RequestsWork(services.GetRequiredService<IReadOnlyDictionary<string, ConnectedCrm>>(), services.GetRequiredService<Brake>(),
                services.GetRequiredService<StandingOrders>(), memory, store),
            new AnchorWork(store, services.GetRequiredService<WorkerSettings>().DataDirectory, LogOf<AnchorWork>()),
            new RetentionWork(store),
            new RollUpWork(services.GetRequiredService<IKpiRollUp>()),
            .. services.GetService<SettingsAnew>() is { } anew
                ? [new SecretsWork(services.GetRequiredService<IReadOnlyList<ConnectedCrm>>(), Providers(services), anew, LogOf<SecretsWork>())]
                : Array.Empty<IRecurringWork>(),
            WeekWork.Of(services),
        ];
    }
}
