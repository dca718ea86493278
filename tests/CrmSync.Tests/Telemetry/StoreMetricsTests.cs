using CrmSync.Tests.Storage;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Telemetry;

namespace CrmSync.Tests.Telemetry;

/// <summary>What is counted on from scrape to scrape is counted once, also where one who asked goes away before the answer.</summary>
public sealed class StoreMetricsTests : IAsyncLifetime
{
    private readonly ScratchDirectory _directory = new();
    private readonly HastyGauges _gauges = new();
    private SqliteStore _store = null!;
    private StoreMetrics _metrics = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        _metrics = new([], _gauges, new ConnectionMemory(_store));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_scrape_that_is_broken_off_counts_nothing_twice_and_nothing_less(int brokenOff)
    {
        await ScrapeAsync();
        _gauges.Moved();
        for (var i = 0; i < brokenOff; i++)
        {
            _gauges.IsHasty = true;
            await Assert.ThrowsAsync<OperationCanceledException>(ScrapeAsync);
        }
        _gauges.IsHasty = false;

        foreach (var page in new[] { await ScrapeAsync(), await ScrapeAsync() })
        {
            Assert.Contains("crmsync_transitions_total{connection=\"main\",from=\"Lead\",to=\"MarketingQualified\",outcome=\"applied\"} 2\n", page, StringComparison.Ordinal);
            Assert.Contains("crmsync_transition_latency_seconds_count 1\n", page, StringComparison.Ordinal);
            Assert.Contains("crmsync_transition_latency_seconds_sum 7\n", page, StringComparison.Ordinal);
        }
    }

    private async Task<string> ScrapeAsync()
    {
        var page = new MetricText();
        await _metrics.WriteAsync(page, Stop);
        return page.ToString();
    }

    /// <summary>One transition a row of the audit; whoever asks may be gone between the two readings of a scrape.</summary>
    private sealed class HastyGauges : IStoreGauges
    {
        private long _head = 1;

        public bool IsHasty { get; set; }

        public void Moved() => _head++;

        public Task<StoreGauges> GaugesAsync(long since, CancellationToken cancellationToken) => Task.FromResult(new StoreGauges(
            new Dictionary<string, long>(), new Dictionary<string, long>(),
            since == _head ? [] : [new("main", "Lead", "MarketingQualified", "applied", _head - since)], _head));

        public Task<IReadOnlyList<TimeSpan>> LatenciesAsync(long since, long until, CancellationToken cancellationToken) => IsHasty
            ? Task.FromException<IReadOnlyList<TimeSpan>>(new OperationCanceledException())
            : Task.FromResult<IReadOnlyList<TimeSpan>>([.. Enumerable.Repeat(TimeSpan.FromSeconds(7), (int)(until - since))]);
    }
}
