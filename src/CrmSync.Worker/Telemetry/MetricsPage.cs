using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Intake;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Telemetry;

/// <summary>
/// What <c>/metrics</c> shows: read from the store when asked, so that it is what the store holds and not what this process
/// remembers. The audit is counted on from the row that was counted last.
/// </summary>
internal sealed class MetricsPage(
    IReadOnlyList<ConnectedCrm> connections, ISyncStore store, IStoreGauges gauges, ConnectionMemory memory, RuleSource rules, WebhookCounts webhooks,
    WebhookTimes times, CrmRequests requests, WorkerSettings settings, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Dictionary<(string Connection, string From, string To, string Outcome), long> _transitions = [];
    private long _countedTo;

    public async Task<string> WriteAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var page = new MetricText();
            Process(page);
            await StoreAsync(page, cancellationToken);
            await ConnectionsAsync(page, cancellationToken);
            QuotaGauges.Write(page, connections);
            Calls(page);
            return page.ToString();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();

    private void Process(MetricText page)
    {
        page.Gauge("crmsync_build_info", "The version that runs.").Sample("crmsync_build_info", 1, ("version", ProductVersion.Text));
        page.Gauge("crmsync_rules_info", "The rules in force.").Sample("crmsync_rules_info", 1, ("hash", rules.Current.Hash));
        page.Counter("crmsync_rules_reloads_total", "Readings of a changed rule file.")
            .Sample("crmsync_rules_reloads_total", rules.ReloadsTaken, ("outcome", "taken")).Sample("crmsync_rules_reloads_total", rules.ReloadsRefused, ("outcome", "refused"));
        Size(page, "crmsync_db_size_bytes", "The store's file.", DataDirectory.DatabaseName);
        Size(page, "crmsync_db_wal_size_bytes", "The store's write-ahead log.", DataDirectory.DatabaseName + "-wal");
        page.Gauge("crmsync_disk_free_bytes", "Free space beside the store.").Sample("crmsync_disk_free_bytes", new DriveInfo(settings.DataDirectory).AvailableFreeSpace);
    }

    private void Size(MetricText page, string name, string help, string file) =>
        page.Gauge(name, help).Sample(name, new FileInfo(Path.Combine(settings.DataDirectory, file)) is { Exists: true } there ? there.Length : 0);

    private async Task StoreAsync(MetricText page, CancellationToken cancellationToken)
    {
        var found = await gauges.GaugesAsync(_countedTo, cancellationToken);
        foreach (var (connection, from, to, outcome, count) in found.Transitions)
            _transitions[(connection, from, to, outcome)] = _transitions.GetValueOrDefault((connection, from, to, outcome)) + count;
        _countedTo = found.AuditHead;
        page.Counter("crmsync_transitions_total", "Transitions since the store began, by what became of them.");
        foreach (var ((connection, from, to, outcome), count) in _transitions.OrderBy(pair => pair.Key))
            page.Sample("crmsync_transitions_total", count, ("connection", connection), ("from", from), ("to", to), ("outcome", outcome));
        page.Counter("crmsync_human_conflicts_total", "Writes that met an edit by somebody else.")
            .Sample("crmsync_human_conflicts_total", _transitions.Where(pair => pair.Key.Outcome == "conflict").Sum(pair => pair.Value));
        page.Gauge("crmsync_intents", "Effects on their way to a CRM.");
        foreach (var (state, count) in found.Intents)
            page.Sample("crmsync_intents", count, ("state", state));
        page.Gauge("crmsync_quarantined", "Leads that could not be handled.");
        foreach (var connection in connections)
            page.Sample("crmsync_quarantined", found.Quarantined.GetValueOrDefault(connection.Name), ("connection", connection.Name));
        page.Gauge("crmsync_audit_head_sequence", "The newest row of the audit.").Sample("crmsync_audit_head_sequence", found.AuditHead);
        if (await memory.InstantAsync("", ConnectionMemory.BackedUpAt, cancellationToken) is { } backup)
            page.Gauge("crmsync_backup_last_success_timestamp_seconds", "The last backup that verified.").Sample("crmsync_backup_last_success_timestamp_seconds", Seconds(backup));
    }

    private async Task ConnectionsAsync(MetricText page, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var standing = new List<ConnectionStanding>();
        foreach (var connection in connections)
        {
            standing.Add(new(connection.Name, await store.PendingAsync(connection.Name, cancellationToken), await store.OldestWaitingAsync(connection.Name, cancellationToken),
                await memory.InstantAsync(connection.Name, ConnectionMemory.PolledAt, cancellationToken), connection.Gate.MayRead && connection.Gate.IsOpen(now),
                connection.Gate.Attention is null && connection.Gate.MayWrite));
        }
        void All(string name, string help, Func<ConnectionStanding, double?> value)
        {
            page.Gauge(name, help);
            foreach (var one in standing)
                if (value(one) is { } number)
                    page.Sample(name, number, ("connection", one.Name));
        }
        All("crmsync_inbox_pending", "Entries that wait to be looked at.", c => c.Pending);
        All("crmsync_inbox_oldest_age_seconds", "How long the oldest of them waits.", c => c.Oldest is { } oldest ? (now - oldest).TotalSeconds : 0);
        All("crmsync_sync_lag_seconds", "Since the last poll that saw everything.", c => c.Polled is { } polled ? (now - polled).TotalSeconds : null);
        All("crmsync_watermark_timestamp_seconds", "The last poll that saw everything.", c => c.Polled is { } polled ? Seconds(polled) : null);
        All("crmsync_connection_up", "1: the CRM may be asked now.", c => c.IsUp ? 1 : 0);
        All("crmsync_connection_well", "1: no admin is needed.", c => c.IsWell ? 1 : 0);
    }

    private void Calls(MetricText page)
    {
        page.Counter("crmsync_webhook_requests_total", "Webhook calls since the start.")
            .Sample("crmsync_webhook_requests_total", webhooks.ReceivedCount - webhooks.RefusedCount, ("outcome", "accepted"))
            .Sample("crmsync_webhook_requests_total", webhooks.RefusedCount, ("outcome", "refused"));
        page.Histogram("crmsync_webhook_ack_duration_seconds", "From a webhook call to its answer.", (times.Durations, "", ""));
        page.Counter("crmsync_crm_requests_total", "Requests to CRMs since the start, every try by itself.");
        foreach (var ((crm, operation, code), count) in requests.Counts)
            page.Sample("crmsync_crm_requests_total", count, ("provider", crm), ("operation", operation), ("code", code));
        page.Histogram("crmsync_crm_request_duration_seconds", "From a request to the head of its answer.", [.. requests.Durations.Select(pair => (pair.Value, "provider", pair.Key))]);
    }

    private static double Seconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() / 1000.0;

    private sealed record ConnectionStanding(string Name, long Pending, DateTimeOffset? Oldest, DateTimeOffset? Polled, bool IsUp, bool IsWell);
}

/// <summary>How long webhooks waited for their answers.</summary>
internal sealed class WebhookTimes
{
    public Durations Durations { get; } = new();
}
