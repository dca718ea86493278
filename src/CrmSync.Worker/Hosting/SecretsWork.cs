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
    public string Name => "secrets";
    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Half a file, or a mistake: what is in force stays in force, and the next ring looks again.
        foreach (var fresh in anew() ?? [])
            if (connections.FirstOrDefault(c => c.Name == fresh.Crm.Name) is { } connection)
                Take(connection, fresh.Crm);
        return Task.CompletedTask;
    }

    private void Take(ConnectedCrm connection, CrmConnection fresh)
    {
        var known = connection.Crm;
        if (Replaced(known.Token, fresh.Token) | Replaced(known.ClientSecret, fresh.ClientSecret))
        {
            // Refused until now, perhaps, for the very reason that it was rotated.
            connection.Gate.Reopen();
            Log.Renewed(log, connection.Name, "credentials");
        }
        if (Values(connection.WebhookSecrets).SequenceEqual(Values(fresh.WebhookSecrets)))
            return;
        connection.Renew(fresh.WebhookSecrets, providers[known.Crm].CreateWebhook(known with { WebhookSecrets = fresh.WebhookSecrets }));
        Log.Renewed(log, connection.Name, "webhook secrets");
    }

    private static bool Replaced(Secret? known, Secret? fresh)
    {
        if (known is null || fresh is null || known.Reveal() == fresh.Reveal())
            return false;
        known.Replace(fresh.Reveal());
        return true;
    }

    private static IEnumerable<string> Values(IReadOnlyList<Secret> secrets) => secrets.Select(s => s.Reveal());

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "New {Secrets} of {Connection} are in force.")]
        public static partial void Renewed(ILogger logger, string connection, string secrets);
    }
}
