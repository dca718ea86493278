using CrmSync.Worker.Connections;
using CrmSync.Worker.Intake;
using CrmSync.Worker.WriteBack;

namespace CrmSync.Worker.Telemetry;

/// <summary>Calls to us and by us since the start.</summary>
internal sealed class CallMetrics(
    IReadOnlyList<ConnectedCrm> connections, WebhookCounts webhooks, WebhookTimes times, CrmRequests requests, UnknownCounts unknown, EchoCounts echoes) : IMetricsPart
{
    public Task WriteAsync(MetricText page, CancellationToken cancellationToken)
    {
        Webhooks(page);
        page.Histogram("crmsync_webhook_ack_duration_seconds", "From a webhook call to its answer.", (times.Durations, "", ""));
        page.Counter("crmsync_crm_requests_total", "Requests to CRMs since the start, every try by itself.");
        foreach (var ((crm, operation, code), count) in requests.Counts)
            page.Sample("crmsync_crm_requests_total", count, ("provider", crm), ("operation", operation), ("code", code));
        page.Histogram("crmsync_crm_request_duration_seconds", "From a request to the head of its answer.", [.. requests.Durations.Select(pair => (pair.Value, "provider", pair.Key))]);
        page.Counter("crmsync_unknown_outcomes_total", "Writes whose answer was lost, by what reading the record told of them.");
        foreach (var (resolution, count) in unknown.All)
            page.Sample("crmsync_unknown_outcomes_total", count, ("resolution", resolution));
        page.Counter("crmsync_echo_suppressed_total", "Our own writes that need no look when the CRM tells of them.");
        foreach (var connection in connections)
            page.Sample("crmsync_echo_suppressed_total", echoes.Of(connection.Name), ("connection", connection.Name));
        return Task.CompletedTask;
    }

    /// <summary>From the start on of every kind of CRM that may call, so that the first refusal is seen to be one more.</summary>
    private void Webhooks(MetricText page)
    {
        const string Name = "crmsync_webhook_requests_total";
        page.Counter(Name, "Webhook calls since the start.");
        foreach (var crm in connections.Where(c => c.Webhook is not null).Select(c => c.Crm.Crm).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var (received, refused) = webhooks.Of(crm);
            page.Sample(Name, received - refused, ("provider", crm), ("outcome", "accepted")).Sample(Name, refused, ("provider", crm), ("outcome", "refused"));
        }
    }
}

/// <summary>How long webhooks waited for their answers.</summary>
internal sealed class WebhookTimes
{
    public Durations Durations { get; } = new();
}
