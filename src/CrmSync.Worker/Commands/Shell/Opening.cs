using System.CommandLine;
using CrmSync.Adapters;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Commands.Shell;

/// <summary>What most commands begin with: settings, and the parts that stand on them.</summary>
internal static class Opening
{
    /// <exception cref="CommandFailure">With everything that is wrong.</exception>
    public static WorkerSettings Settings(CommandWorld world, ParseResult parsed)
    {
        var (settings, problems) = TrySettings(world, Configuration(parsed));
        return settings ?? throw new CommandFailure(ExitCode.Configuration, "configuration", problems);
    }

    /// <summary>The settings, or everything that is wrong with them.</summary>
    public static (WorkerSettings? Settings, IReadOnlyList<SettingProblem> Problems) TrySettings(CommandWorld world, IConfiguration configuration)
    {
        var services = new ServiceCollection();
        world.AddCrms(services);
        services.AddSingleton(world.Clock);
        services.AddLogging();
        services.AddSingleton<IGrantStore, NoGrants>();
        services.AddSingleton<IQuotaLedger, NoLedger>();
        using var provider = services.BuildServiceProvider();
        return SettingsReader.Read(configuration, provider.GetServices<ICrmProvider>());
    }

    /// <summary>The settings as written, unchecked.</summary>
    public static IConfigurationRoot Configuration(ParseResult parsed)
    {
        try
        {
            return SettingsReader.Load(parsed.GetValue(CommonOptions.Config), parsed.GetValue(CommonOptions.Data), FromLine(parsed));
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or FormatException or UnauthorizedAccessException)
        {
            // What is wrong with the text, and in which line, only the innermost one tells; it quotes no more than a character.
            var inner = broken.GetBaseException();
            throw new CommandFailure(ExitCode.Configuration, "configuration", inner == broken ? broken.Message : $"{broken.Message} {inner.Message}", broken is UnauthorizedAccessException
                ? $"Let the user {Environment.UserName} read the settings, and enter the folders above them." : "Correct the settings file, or name another with --config.");
        }
    }

    private static Dictionary<string, string?> FromLine(ParseResult parsed)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in parsed.GetValue(CommonOptions.Set) ?? [])
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } name, var value])
                throw new CommandFailure(ExitCode.Usage, "usage", "--set takes NAME=VALUE.", "Write for example --set Admin:Port=9081.");
            var setting = name.Replace("__", ":", StringComparison.Ordinal);
            if (SettingNames.IsConcealed(setting))
                throw new CommandFailure(ExitCode.Usage, "usage", [new(setting, "It is a secret, and every user of a machine can read what was typed on a command line.", "Put it into a file: README, secrets; or into the environment.")]);
            settings[setting] = value;
        }
        return settings;
    }

    /// <summary>What is wrong with the rule file, as problems of a check.</summary>
    public static IEnumerable<CrmProblem> RuleProblems(WorkerSettings settings) => RuleFile.Load(settings.RulesFile).Problems
        .Select(p => new CrmProblem("rules", p.Severity == ProblemSeverity.Error ? ProblemReach.Everything : ProblemReach.Hint,
            $"{p.File}:{p.Line}:{p.Column}", p.Message, p.Repair));

    /// <summary>The rules in force; a broken file stops the start, with line and column.</summary>
    public static RuleSource Rules(WorkerSettings settings)
    {
        var (source, problems) = RuleSource.Open(settings.RulesFile);
        return source ?? throw new CommandFailure(
            ExitCode.Configuration, "rules", [.. problems.Select(p => new SettingProblem($"{p.File}:{p.Line}:{p.Column}", p.Message, p.Repair))]);
    }

    /// <summary>The adapters of all connections, as a worker would make them.</summary>
    /// <param name="ledger">What is known to be spent of their quotas; null: nothing.</param>
    public static OpenCrms Crms(CommandWorld world, ParseResult parsed, WorkerSettings settings, IQuotaLedger? ledger = null)
    {
        var services = new ServiceCollection();
        world.AddCrms(services);
        services.AddSingleton(world.Clock);
        services.AddSingleton(Logs(world, parsed));
        services.AddLogging();
        services.AddSingleton<IGrantStore>(new StoredGrants(settings.DataDirectory));
        services.AddSingleton(ledger ?? new NoLedger());
        return new(services.BuildServiceProvider(), settings);
    }

    /// <summary>Opens the store to read, beside a running worker or without one.</summary>
    public static Task<SqliteStore> ReadStoreAsync(WorkerSettings settings, CancellationToken cancellationToken) =>
        GuardAsync(() => SqliteStore.OpenReadOnlyAsync(settings.DataDirectory, cancellationToken));

    /// <summary>Opens the store to ask its worker for something.</summary>
    public static Task<SqliteStore> AskStoreAsync(WorkerSettings settings, CancellationToken cancellationToken) =>
        GuardAsync(() => SqliteStore.OpenBesideAsync(settings.DataDirectory, cancellationToken));

    /// <summary>Opens the store as its one holder; hold <see cref="DataLock"/> first.</summary>
    public static Task<SqliteStore> HoldStoreAsync(WorkerSettings settings, CancellationToken cancellationToken) =>
        GuardAsync(() => SqliteStore.OpenAsync(settings.DataDirectory, cancellationToken));

    /// <summary>The store's failures as exit codes.</summary>
    public static CommandFailure Failure(StoreException failure)
    {
        var exit = failure.Failure switch
        {
            StoreFailure.NotWritable or StoreFailure.ReadOnly => ExitCode.NotWritable,
            StoreFailure.Busy => ExitCode.Busy,
            StoreFailure.Damaged => ExitCode.DataDamaged,
            StoreFailure.Missing => ExitCode.Configuration,
            StoreFailure.Reconnect or StoreFailure.OtherUser => ExitCode.Refused,
            _ => ExitCode.InputOutput,
        };
        return new(exit, $"store-{failure.Failure}".ToLowerInvariant(), [new("DataDirectory", failure.Message, failure.Repair)]);
    }

    private static async Task<SqliteStore> GuardAsync(Func<Task<SqliteStore>> open)
    {
        try
        {
            return await open();
        }
        catch (StoreException failure)
        {
            throw Failure(failure);
        }
    }

    /// <summary>Log lines stay off standard output when a document or a table goes there.</summary>
    public static ILoggerFactory Logs(CommandWorld world, ParseResult parsed) =>
        world.Logs(parsed.IsJson() ? LogTarget.StandardError : LogTarget.Quiet);

    private sealed class NoGrants : IGrantStore
    {
        public Task<Grant?> ReadAsync(string connection, CancellationToken cancellationToken) => Task.FromResult<Grant?>(null);

        public Task SaveAsync(string connection, Grant grant, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class NoLedger : IQuotaLedger
    {
        public Task<IReadOnlyList<QuotaUse>> ReadAsync(string connection, string budget, DateTimeOffset since, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<QuotaUse>>([]);

        public Task AddAsync(string connection, string budget, QuotaUse use, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
