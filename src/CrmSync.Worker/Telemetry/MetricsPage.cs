namespace CrmSync.Worker.Telemetry;

/// <summary>What <c>/metrics</c> shows, part by part, for one who asks at a time.</summary>
internal sealed class MetricsPage(IEnumerable<IMetricsPart> parts) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly IReadOnlyList<IMetricsPart> _parts = [.. parts];

    public async Task<string> WriteAsync(CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var page = new MetricText();
            foreach (var part in _parts)
                await part.WriteAsync(page, cancellationToken);
            return page.ToString();
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public void Dispose() => _oneAtATime.Dispose();
}
