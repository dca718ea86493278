using System.CommandLine;
using CrmSync.Adapters.Http;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Hosting;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Sync;
using CrmSync.Worker.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace CrmSync.Worker.Commands;

/// <summary><c>run</c>: the unattended worker.</summary>
internal static partial class RunCommand
{
    public static Command Create(CommandWorld world)
    {
        var command = new Command("run", "Runs the worker until it is stopped. This is the default.");
        command.SetAction((parsed, cancellationToken) => RunAsync(world, parsed, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = Opening.Settings(world, parsed);
        if (settings.Connections.Count == 0)
        {
            throw new CommandFailure(ExitCode.Configuration, "configuration", "No CRM is connected, so there is nothing to do.",
                "Add Connections:<name>:Crm and a token (README), or look around first with 'crmsync demo'.");
        }
        var rules = Opening.Rules(settings);
        using var held = DataLock.Acquire(settings.DataDirectory);
        await using var store = await Opening.HoldStoreAsync(settings, cancellationToken);
        world.SetLogLevel(settings.LogLevel);
        using var logs = world.Logs(LogTarget.StandardOutput);
        var log = logs.CreateLogger("CrmSync");
        using var spans = Tracing.Listen();
        await using var app = WebHost.Build(settings, logs, services => Add(services, world, settings, store, rules).AddSingleton(held).AddSingleton<SettingsAnew>(() => Anew(world, parsed)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await StartAsync(world, app, settings, log, stop.Token);
        var broken = await UntilStoppedAsync(app, store, stop.Token);
        await AnchorAsync(store, settings, world, log);
        return broken is null ? (int)ExitCode.Done : throw Opening.Failure(broken);
    }

    private static IServiceCollection Add(IServiceCollection services, CommandWorld world, WorkerSettings settings, SqliteStore store, RuleSource rules)
    {
        world.AddCrms(services);
        services.AddSingleton(world.Clock);
        services.AddWorker(settings, store, rules);
        services.AddSingleton(provider => new CrmHandlerWrap((connection, inner) =>
            provider.GetRequiredService<CrmRequests>().Counting(connection, settings.Connections.First(c => c.Crm.Name == connection).Crm.Crm, inner)));
        services.AddHostedService<LoopsService>();
        Tracing.Export(services);
        if (SystemdSocket.FromEnvironment() is { } socket)
            services.AddSingleton(socket).AddHostedService<SystemdService>();
        // A poll in hand is called off: the next start asks again from the same cursor.
        // Named to the container, its constructor needs no expression compiler, which would stay in memory for good.
        services.AddTransient<QuartzRing>();
        services.AddQuartz(quartz => quartz.ConfigureScheduler(options => options.ShutdownJobInterruption = ShutdownJobInterruption.WhenWaitingForJobs));
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        return services;
    }

    private static IReadOnlyList<ConnectionSettings>? Anew(CommandWorld world, ParseResult parsed)
    {
        try
        {
            return Opening.TrySettings(world, Opening.Configuration(parsed)).Settings?.Connections;
        }
        catch (CommandFailure)
        {
            return null;
        }
    }

    private static async Task StartAsync(CommandWorld world, WebApplication app, WorkerSettings settings, ILogger log, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
            // Webhooks are taken from here on; polls and sweeps begin with accounts that were looked at.
            await Task.WhenAll(app.Services.GetRequiredService<IReadOnlyList<IRecurringWork>>().OfType<CheckWork>()
                .Select(check => check.RunAsync(world.Clock.GetUtcNow(), cancellationToken)));
            await QuartzRing.ScheduleAsync(app.Services, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop while starting: it stops as it would later, and leaves its anchor.
            return;
        }
        catch (IOException taken)
        {
            throw new CommandFailure(ExitCode.Unavailable, "port-taken", $"{taken.Message}", "Set Webhooks:Port or Admin:Port to a free port.");
        }
        var (webhooks, admin) = WebHost.Addresses(app);
        LogLine.Started(log, VersionCommand.Version, settings.Connections.Count, settings.RulesFile, webhooks, admin, settings.DataDirectory);
    }

    /// <summary>Waits for the end: a signal, or a store that cannot be trusted any more.</summary>
    private static async Task<StoreException?> UntilStoppedAsync(WebApplication app, SqliteStore store, CancellationToken cancellationToken)
    {
        var stopped = app.WaitForShutdownAsync(cancellationToken);
        await Task.WhenAny(stopped, store.Broken);
        try
        {
            await (store.Broken.IsCompleted ? app.StopAsync(CancellationToken.None) : stopped);
        }
        catch (OperationCanceledException)
        {
            // Something would not end in time. It is settled at the next start; the anchor is written all the same.
        }
        return store.Broken.IsCompleted ? await store.Broken : null;
    }

    private static async Task AnchorAsync(SqliteStore store, WorkerSettings settings, CommandWorld world, ILogger log)
    {
        var (sequence, hash) = await store.HeadAsync(CancellationToken.None);
        await Anchors.AppendAsync(Path.Combine(settings.DataDirectory, Anchors.FileName), world.Clock.GetUtcNow(), sequence, hash, CancellationToken.None);
        LogLine.Stopped(log, sequence, hash);
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Information, Message =
            "CrmSync {Version} runs {Connections} connections by the rules in {Rules}; webhooks at {Webhooks}, administration at {Admin}, data in {DataDirectory}.")]
        public static partial void Started(ILogger logger, string version, int connections, string rules, Uri webhooks, Uri admin, string dataDirectory);

        [LoggerMessage(Level = LogLevel.Information, Message = "Stopped. The audit's head is row {Sequence}, {Hash}.")]
        public static partial void Stopped(ILogger logger, long sequence, string hash);
    }
}
