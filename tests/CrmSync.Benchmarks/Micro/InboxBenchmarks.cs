using System.Globalization;
using BenchmarkDotNet.Attributes;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Benchmarks.Micro;

/// <summary>Storing deliveries durably: one after the other, and as many callers wait at once on a busy day.</summary>
public class InboxBenchmarks
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"crmsync-inbox-{Environment.ProcessId}");
    private SqliteStore _store = null!;
    private long _delivery;

    [Params(1, 64)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        Directory.CreateDirectory(_directory);
        _store = await SqliteStore.OpenAsync(_directory, CancellationToken.None);
    }

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>The time of all that wait together.</summary>
    [Benchmark]
    public Task AcceptAsync() => Task.WhenAll(Enumerable.Range(0, Waiting).Select(_ => OneAsync()));

    private Task<int> OneAsync()
    {
        var number = ++_delivery;
        var entry = new InboxEntry($"33|contact.propertyChange|{number}|{number}|1767225600000", (number % 20_000).ToString(CultureInfo.InvariantCulture));
        return _store.AcceptAsync("main", [entry], DateTimeOffset.UnixEpoch, CancellationToken.None);
    }
}
