using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Telemetry;

/// <summary>The process itself: its version, its rules, its loops, and the disk under it.</summary>
internal sealed class ProcessMetrics(RuleSource rules, WorkerSettings settings, Heartbeats hearts) : IMetricsPart
{
    public Task WriteAsync(MetricText page, CancellationToken cancellationToken)
    {
        page.Gauge("crmsync_build_info", "The version that runs.").Sample("crmsync_build_info", 1, ("version", ProductVersion.Text));
        page.Gauge("crmsync_resident_memory_bytes", "What the process holds of the machine's memory.").Sample("crmsync_resident_memory_bytes", Environment.WorkingSet);
        Rules(page);
        page.Gauge("crmsync_loop_age_seconds", "Since a loop last came round; one that stands still calls for a restart.");
        foreach (var (loop, age) in hearts.Ages())
            page.Sample("crmsync_loop_age_seconds", age.TotalSeconds, ("loop", loop));
        Size(page, "crmsync_db_size_bytes", "The store's file.", DataDirectory.DatabaseName);
        Size(page, "crmsync_db_wal_size_bytes", "The store's write-ahead log.", DataDirectory.DatabaseName + "-wal");
        page.Gauge("crmsync_disk_free_bytes", "Free space beside the store.").Sample("crmsync_disk_free_bytes", new DriveInfo(settings.DataDirectory).AvailableFreeSpace);
        return Task.CompletedTask;
    }

    private void Rules(MetricText page)
    {
        page.Gauge("crmsync_rules_info", "The rules in force.").Sample("crmsync_rules_info", 1, ("hash", rules.Current.Hash));
        page.Gauge("crmsync_rules_errors", "Errors in the rule file as it lies there.").Sample("crmsync_rules_errors", rules.Errors);
        page.Counter("crmsync_rules_reloads_total", "Readings of a changed rule file.")
            .Sample("crmsync_rules_reloads_total", rules.ReloadsTaken, ("outcome", "taken")).Sample("crmsync_rules_reloads_total", rules.ReloadsRefused, ("outcome", "refused"));
    }

    private void Size(MetricText page, string name, string help, string file) =>
        page.Gauge(name, help).Sample(name, new FileInfo(Path.Combine(settings.DataDirectory, file)) is { Exists: true } there ? there.Length : 0);
}
