using CrmSync.Adapters;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Telemetry;

/// <summary>How each connection stands: how far behind it is, whether anything is in its way, and what of its quotas is left.</summary>
internal sealed class ConnectionMetrics(
    IReadOnlyList<ConnectedCrm> connections, ISyncStore store, ConnectionMemory memory, IGrantStore grants, CrmRequests requests, TimeProvider clock) : IMetricsPart
{
    public async Task WriteAsync(MetricText page, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var standing = new List<ConnectionGauge>();
        foreach (var connection in connections)
            standing.Add(await GaugeAsync(connection, now, cancellationToken));
        void All(string name, string help, Func<ConnectionGauge, double?> value)
        {
            page.Gauge(name, help);
            foreach (var one in standing)
                if (value(one) is { } number)
                    page.Sample(name, number, ("connection", one.Name));
        }
        All("crmsync_inbox_pending", "Entries that wait to be looked at.", c => c.Pending);
        All("crmsync_inbox_oldest_age_seconds", "How long the oldest of them waits.", c => c.Oldest is { } oldest ? (now - oldest).TotalSeconds : 0);
        All("crmsync_sync_lag_seconds", "Since the last poll that saw everything.", c => c.Polled is { } polled ? (now - polled).TotalSeconds : null);
        All("crmsync_watermark_timestamp_seconds", "The last poll that saw everything.", c => c.Polled is { } polled ? MetricText.Seconds(polled) : null);
        All("crmsync_connection_up", "1: the CRM may be asked now.", c => c.IsUp ? 1 : 0);
        All("crmsync_connection_well", "1: no admin is needed.", c => c.IsWell ? 1 : 0);
        All("crmsync_connection_live", "1: it writes to the CRM; 0: a shadow.", c => c.IsLive ? 1 : 0);
        All("crmsync_brake_on", "1: the brake on mass moves is on.", c => c.IsBraked ? 1 : 0);
        All("crmsync_crm_clock_skew_seconds", "By how much the CRM's clock is ahead of this machine's, to the second.", c => requests.SkewOf(c.Name)?.TotalSeconds);
        All("crmsync_token_expiry_timestamp_seconds", "When the access token ends, where it says; it is renewed before.", c => c.TokenEnds is { } ends ? MetricText.Seconds(ends) : null);
        QuotaGauges.Write(page, connections);
        Streams(page);
    }

    private async Task<ConnectionGauge> GaugeAsync(ConnectedCrm connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (name, gate) = (connection.Name, connection.Gate);
        return new(name, await store.PendingAsync(name, cancellationToken), await store.OldestWaitingAsync(name, cancellationToken),
            await memory.InstantAsync(name, ConnectionMemory.PolledAt, cancellationToken), gate.MayRead && gate.IsOpen(now), gate.Attention is null && gate.MayWrite,
            await memory.InstantAsync(name, ConnectionMemory.StartAt, cancellationToken) is not null,
            await memory.InstantAsync(name, ConnectionMemory.BrakeAt, cancellationToken) is not null, await TokenEndsAsync(name, cancellationToken));
    }

    private async Task<DateTimeOffset?> TokenEndsAsync(string connection, CancellationToken cancellationToken)
    {
        try
        {
            return (await grants.ReadAsync(connection, cancellationToken))?.ExpiresAt;
        }
        catch (Exception unread) when (unread is StoreException or CrmException)
        {
            // Its keys are lost, which the connection itself tells.
            return null;
        }
    }

    private void Streams(MetricText page)
    {
        page.Gauge("crmsync_stream_up", "1: a CRM that tells of changes is listened to; without it they are found by polling.");
        foreach (var connection in connections)
            foreach (var (channel, health) in connection.Streams.OrderBy(s => s.Key, StringComparer.Ordinal))
                page.Sample("crmsync_stream_up", health.Problem is null ? 1 : 0, ("connection", connection.Name), ("channel", channel));
        page.Gauge("crmsync_stream_heard_timestamp_seconds", "When anything was last heard, be it that nothing happened.");
        foreach (var connection in connections)
            foreach (var (channel, health) in connection.Streams.OrderBy(s => s.Key, StringComparer.Ordinal))
                if (health.HeardAt is { } heard)
                    page.Sample("crmsync_stream_heard_timestamp_seconds", MetricText.Seconds(heard), ("connection", connection.Name), ("channel", channel));
    }

    private sealed record ConnectionGauge(
        string Name, long Pending, DateTimeOffset? Oldest, DateTimeOffset? Polled, bool IsUp, bool IsWell, bool IsLive, bool IsBraked, DateTimeOffset? TokenEnds);
}
