using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Telemetry;

/// <summary>
/// Whether this process is the one that writes. One file has one worker: nobody is elected, and who holds the lock of the data
/// leads. Without a lock, as in the demo, nothing is said of it.
/// </summary>
/// <param name="epoch">How often the data were taken, this time with it.</param>
/// <param name="broken">Ends when the store cannot be trusted any more.</param>
internal sealed class TenureMetrics(DataLock? held, long epoch, Task broken) : IMetricsPart
{
    public Task WriteAsync(MetricText page, CancellationToken cancellationToken)
    {
        page.Gauge("crmsync_leader", "1: this process holds the data and writes them; 0: its lock is gone, or the store has failed.");
        if (held is not null)
            page.Sample("crmsync_leader", held.IsHeld && !broken.IsCompleted ? 1 : 0);
        page.Gauge("crmsync_lease_epoch", "How often a process took the data to write them, this one with them; it rises with every start.")
            .Sample("crmsync_lease_epoch", epoch);
        return Task.CompletedTask;
    }
}
