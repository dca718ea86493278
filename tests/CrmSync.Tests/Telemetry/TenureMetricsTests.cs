using CrmSync.Tests.Storage;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Telemetry;

namespace CrmSync.Tests.Telemetry;

/// <summary>Whether a process is the one that writes, and how many were before it.</summary>
public sealed class TenureMetricsTests : IDisposable
{
    private readonly ScratchDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Each_start_is_one_more_and_leads_while_it_holds_the_data()
    {
        for (var start = 1; start <= 3; start++)
        {
            using var held = DataLock.Acquire(_directory.Name);
            await using var store = await SqliteStore.OpenAsync(_directory.Name, Stop);
            var page = await PageAsync(held, store);
            Assert.Contains("\ncrmsync_leader 1\n", page, StringComparison.Ordinal);
            Assert.Contains($"\ncrmsync_lease_epoch {start}\n", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whoever_reads_or_asks_beside_it_takes_nothing()
    {
        await (await SqliteStore.OpenAsync(_directory.Name, Stop)).DisposeAsync();
        await (await SqliteStore.OpenReadOnlyAsync(_directory.Name, Stop)).DisposeAsync();
        await (await SqliteStore.OpenBesideAsync(_directory.Name, Stop)).DisposeAsync();
        await using var store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        Assert.Equal(2, store.LeaseEpoch);
    }

    [Fact]
    public async Task Without_its_file_a_lock_keeps_nobody_out_and_does_not_lead()
    {
        using var held = DataLock.Acquire(_directory.Name);
        await using var store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        File.Delete(_directory.File(DataLock.FileName));
        Assert.Contains("\ncrmsync_leader 0\n", await PageAsync(held, store), StringComparison.Ordinal);
        // A newcomer gets one of that name; in containers it is the same process of the same host.
        using var newcomer = DataLock.Acquire(_directory.Name);
        Assert.Contains("\ncrmsync_leader 0\n", await PageAsync(held, store), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_locked_nothing_is_said_of_it()
    {
        await using var store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        Assert.DoesNotContain("\ncrmsync_leader ", await PageAsync(null, store), StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(DataLock? held, SqliteStore store)
    {
        var page = new MetricText();
        await new TenureMetrics(held, store.LeaseEpoch, store.Broken).WriteAsync(page, Stop);
        return page.ToString();
    }
}
