using CrmSync.Worker.Intake;
using CrmSync.Worker.WriteBack;

namespace CrmSync.Worker.Telemetry;

/// <summary>Calls to us and by us since the start.</summary>
internal sealed class CallMetrics(WebhookCounts webhooks, WebhookTimes times, CrmRequests requests, UnknownCounts unknown) : IMetricsPart
{
    public Task WriteAsync(MetricText page, CancellationToken cancellationToken)
    {
        page.Counter("crmsync_webhook_requests_total", "Webhook calls since the start.")
            .Sample("crmsync_webhook_requests_total", webhooks.ReceivedCount - webhooks.RefusedCount, ("outcome", "accepted"))
            .Sample("crmsync_webhook_requests_total", webhooks.RefusedCount, ("outcome", "refused"));
        page.Histogram("crmsync_webhook_ack_duration_seconds", "From a webhook call to its answer.", (times.Durations, "", ""));
        page.Counter("crmsync_crm_requests_total", "Requests to CRMs since the start, every try by itself.");
        foreach (var ((crm, operation, code), count) in requests.Counts)
            page.Sample("crmsync_crm_requests_total", count, ("provider", crm), ("operation", operation), ("code", code));
        page.Histogram("crmsync_crm_request_duration_seconds", "From a request to the head of its answer.", [.. requests.Durations.Select(pair => (pair.Value, "provider", pair.Key))]);
        page.Counter("crmsync_unknown_outcomes_total", "Writes whose answer was lost, by what reading the record told of them.");
        foreach (var (resolution, count) in unknown.All)
            page.Sample("crmsync_unknown_outcomes_total", count, ("resolution", resolution));
        return Task.CompletedTask;
    }
}

/// <summary>How long webhooks waited for their answers.</summary>
internal sealed class WebhookTimes
{
    public Durations Durations { get; } = new();
}
