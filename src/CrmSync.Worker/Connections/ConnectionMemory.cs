using System.Globalization;
using System.Text.Json;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Connections;

/// <summary>What is remembered of a connection as a whole, by name.</summary>
internal sealed class ConnectionMemory(ISyncStore store)
{
    public const string SweepStarted = "sweep-started";
    public const string SweepEnded = "sweep-ended";

    /// <summary>Changes may have been missed since: a sweep is wanted before its day.</summary>
    public const string SweepAsked = "sweep-asked";

    /// <summary>The first sweep has listed every lead.</summary>
    public const string BaselineListed = "baseline-listed";

    /// <summary>Live since: only newer evidence opens an episode.</summary>
    public const string StartAt = "start-at";

    /// <summary>The brake is on since.</summary>
    public const string BrakeAt = "brake-at";

    /// <summary>An admin let the moves go on until.</summary>
    public const string ApprovedUntil = "approved-until";

    /// <summary>The old leads that may be offered, as chosen at going live.</summary>
    public const string OldLeads = "backlog";

    /// <summary>Which offers an admin takes back.</summary>
    public const string TakenBack = "withdrawals";

    /// <summary>Whom the offer brake let through today.</summary>
    public const string OffersToday = "offers-today";

    /// <summary>Before a lead's key: when an admin let it go after it was parked.</summary>
    public const string LetGo = "let-go:";

    /// <summary>The last poll that saw all of its streams.</summary>
    public const string PolledAt = "polled-at";

    /// <summary>Of the whole store: the last backup that verified.</summary>
    public const string BackedUpAt = "backed-up-at";

    /// <summary>Of the whole store: when its audit was last found whole.</summary>
    public const string VerifiedAt = "verified-at";

    /// <summary>The instant up to which every connection's events are in; null when one was never polled.</summary>
    public async Task<DateTimeOffset?> CutOffAsync(IEnumerable<string> connections, CancellationToken cancellationToken)
    {
        DateTimeOffset? cutOff = null;
        foreach (var connection in connections)
        {
            if (await InstantAsync(connection, PolledAt, cancellationToken) is not { } polled)
                return null;
            cutOff = cutOff is null || polled < cutOff ? polled : cutOff;
        }
        return cutOff;
    }

    public async Task<DateTimeOffset?> InstantAsync(string connection, string name, CancellationToken cancellationToken) =>
        await store.RememberedAsync(connection, name, cancellationToken) is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)
            : null;

    public Task RememberAsync(string connection, string name, DateTimeOffset? instant, CancellationToken cancellationToken) =>
        store.RememberAsync(connection, name, instant?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture), cancellationToken);

    /// <summary>A remembered document; null when there is none.</summary>
    public async Task<T?> ReadAsync<T>(string connection, string name, CancellationToken cancellationToken) where T : class =>
        await store.RememberedAsync(connection, name, cancellationToken) is { } text ? JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web) : null;

    public Task WriteAsync<T>(string connection, string name, T document, CancellationToken cancellationToken) where T : class =>
        store.RememberAsync(connection, name, JsonSerializer.Serialize(document, JsonSerializerOptions.Web), cancellationToken);

    /// <summary>
    /// Since when a connection is live; null while it is a shadow. One configured as live starts by itself when its
    /// baseline is complete, at the instant the baseline was listed.
    /// </summary>
    public async Task<DateTimeOffset?> LiveSinceAsync(ConnectedCrm connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (connection.ConfiguredMode == ConnectionMode.Shadow)
            return null;
        if (await InstantAsync(connection.Name, StartAt, cancellationToken) is { } start)
            return start;
        if (connection.ConfiguredMode != ConnectionMode.Live || !await HasBaselineAsync(connection.Name, cancellationToken))
            return null;
        await RememberAsync(connection.Name, StartAt, now, cancellationToken);
        return now;
    }

    /// <summary>Every lead was listed, and every listed one was looked at or is in quarantine.</summary>
    public async Task<bool> HasBaselineAsync(string connection, CancellationToken cancellationToken) =>
        await InstantAsync(connection, BaselineListed, cancellationToken) is { } listed
        && !(await store.OldestWaitingAsync(connection, cancellationToken) <= listed);
}
