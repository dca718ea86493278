using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Telemetry;

/// <summary>
/// What the store holds, read when asked, so that it is that and not what this process remembers. The audit is counted on from
/// the row that was counted last.
/// </summary>
internal sealed class StoreMetrics(IReadOnlyList<ConnectedCrm> connections, IStoreGauges gauges, ConnectionMemory memory) : IMetricsPart
{
    private static readonly double[] Limits = [1, 5, 15, 30, 60, 120, 300, 900, 3_600, 14_400];
    private readonly Dictionary<(string Connection, string From, string To, string Outcome), long> _transitions = [];
    private readonly Durations _latency = new(Limits);
    private long _countedTo;

    public async Task WriteAsync(MetricText page, CancellationToken cancellationToken)
    {
        var (found, isFirst) = (await gauges.GaugesAsync(_countedTo, cancellationToken), _countedTo == 0);
        // How long it took last year says nothing of today.
        var latencies = isFirst ? [] : await gauges.LatenciesAsync(_countedTo, found.AuditHead, cancellationToken);
        // All of it or nothing: who goes away in between would have it counted again.
        _countedTo = found.AuditHead;
        foreach (var (connection, from, to, outcome, count) in found.Transitions)
            _transitions[(connection, from, to, outcome)] = _transitions.GetValueOrDefault((connection, from, to, outcome)) + count;
        foreach (var latency in latencies)
            _latency.Add(latency);
        Transitions(page);
        page.Gauge("crmsync_intents", "Effects on their way to a CRM.");
        foreach (var (state, count) in found.Intents)
            page.Sample("crmsync_intents", count, ("state", state));
        page.Gauge("crmsync_quarantined", "Leads that could not be handled.");
        foreach (var connection in connections)
            page.Sample("crmsync_quarantined", found.Quarantined.GetValueOrDefault(connection.Name), ("connection", connection.Name));
        page.Gauge("crmsync_audit_head_sequence", "The newest row of the audit.").Sample("crmsync_audit_head_sequence", found.AuditHead);
        await RememberedAsync(page, "crmsync_audit_verified_timestamp_seconds", "When the audit was last found whole.", ConnectionMemory.VerifiedAt, cancellationToken);
        await RememberedAsync(page, "crmsync_backup_last_success_timestamp_seconds", "The last backup that verified.", ConnectionMemory.BackedUpAt, cancellationToken);
    }

    private void Transitions(MetricText page)
    {
        page.Counter("crmsync_transitions_total", "Transitions since the store began, by what became of them.");
        foreach (var ((connection, from, to, outcome), count) in _transitions.OrderBy(pair => pair.Key))
            page.Sample("crmsync_transitions_total", count, ("connection", connection), ("from", from), ("to", to), ("outcome", outcome));
        page.Histogram("crmsync_transition_latency_seconds", "From a decision to its being seen in the CRM, since the start.", (_latency, "", ""));
        page.Counter("crmsync_human_conflicts_total", "Writes that met an edit by somebody else.")
            .Sample("crmsync_human_conflicts_total", _transitions.Where(pair => pair.Key.Outcome == "conflict").Sum(pair => pair.Value));
    }

    private async Task RememberedAsync(MetricText page, string name, string help, string remembered, CancellationToken cancellationToken)
    {
        page.Gauge(name, help);
        if (await memory.InstantAsync("", remembered, cancellationToken) is { } at)
            page.Sample(name, MetricText.Seconds(at));
    }
}
