using CrmSync.Adapters;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Schedule;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Hosting;

/// <summary>Reads the settings anew; null while they cannot be read or are wrong.</summary>
internal delegate IReadOnlyList<ConnectionSettings>? SettingsAnew();

/// <summary>
/// Takes secrets that were rotated, without a restart: tokens, secrets of apps, and the secrets that webhooks are signed with.
/// Every other setting waits for the next start.
/// </summary>
internal sealed partial class SecretsWork(
    IReadOnlyList<ConnectedCrm> connections, IReadOnlyDictionary<string, ICrmProvider> providers, SettingsAnew anew, ILogger<SecretsWork> log) : IRecurringWork
{
    private bool _isTold;

    public string Name => "secrets";
    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Half a file, or a mistake: what is in force stays in force, and the next ring looks again.
        var all = anew();
        if (all is null && !_isTold)
            LogLine.NotRead(log);
        _isTold = all is null;
        foreach (var fresh in all ?? [])
            if (connections.FirstOrDefault(c => c.Name == fresh.Crm.Name) is { } connection)
                Take(connection, fresh.Crm);
        return Task.CompletedTask;
    }

    private void Take(ConnectedCrm connection, CrmConnection fresh)
    {
        var known = connection.Crm;
        if (Differ(known.Token, fresh.Token) || Differ(known.ClientSecret, fresh.ClientSecret))
        {
            // Refused until now, perhaps, for the very reason that it was rotated. And nothing is done by a new one before it was looked at.
            connection.Gate.Reopen();
            Replace(known.Token, fresh.Token);
            Replace(known.ClientSecret, fresh.ClientSecret);
            LogLine.Renewed(log, connection.Name, "credentials");
        }
        if (Values(connection.WebhookSecrets).SequenceEqual(Values(fresh.WebhookSecrets)))
            return;
        connection.Renew(fresh.WebhookSecrets, providers[known.Crm].CreateWebhook(known with { WebhookSecrets = fresh.WebhookSecrets }));
        LogLine.Renewed(log, connection.Name, "webhook secrets");
    }

    private static bool Differ(Secret? known, Secret? fresh) => known is not null && fresh is not null && known.Reveal() != fresh.Reveal();

    private static void Replace(Secret? known, Secret? fresh)
    {
        if (Differ(known, fresh))
            known!.Replace(fresh!.Reveal());
    }

    private static IEnumerable<string> Values(IReadOnlyList<Secret> secrets) => secrets.Select(s => s.Reveal());

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "New {Secrets} of {Connection} are in force.")]
        public static partial void Renewed(ILogger logger, string connection, string secrets);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "The settings cannot be read anew, or are wrong now: no rotated secret is taken until they are right. 'crmsync config print' says what is wrong.")]
        public static partial void NotRead(ILogger logger);
    }
}
