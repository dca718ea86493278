using System.CommandLine;
using CrmSync.Adapters;
using CrmSync.Worker.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Commands;

/// <summary>What most commands begin with: settings, and the parts that stand on them.</summary>
internal static class Opening
{
    /// <exception cref="CommandFailure">With everything that is wrong.</exception>
    public static WorkerSettings Settings(CommandWorld world, ParseResult parsed)
    {
        var services = new ServiceCollection();
        world.AddCrms(services);
        services.AddSingleton(world.Clock);
        services.AddLogging();
        services.AddSingleton<IGrantStore, NoGrants>();
        services.AddSingleton<IQuotaLedger, NoLedger>();
        using var provider = services.BuildServiceProvider();
        try
        {
            var configuration = SettingsReader.Load(parsed.GetValue(CommonOptions.Config), parsed.GetValue(CommonOptions.Data));
            var (settings, problems) = SettingsReader.Read(configuration, provider.GetServices<ICrmProvider>());
            return settings ?? throw new CommandFailure(ExitCode.Configuration, "configuration", problems);
        }
        catch (Exception broken) when (broken is InvalidDataException or FileNotFoundException or FormatException)
        {
            throw new CommandFailure(ExitCode.Configuration, "configuration", broken.Message, "Correct the settings file, or name another with --config.");
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
