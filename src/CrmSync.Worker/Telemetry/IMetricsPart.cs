namespace CrmSync.Worker.Telemetry;

/// <summary>One part of the page of metrics. Parts are written one after the other, never two at once.</summary>
internal interface IMetricsPart
{
    Task WriteAsync(MetricText page, CancellationToken cancellationToken);
}
