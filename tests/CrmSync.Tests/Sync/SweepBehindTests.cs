using CrmSync.Tests.Storage;
using CrmSync.Tests.Support;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Sync;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Sync;

/// <summary>Known leads that no list shows any more are looked at behind a sweep, in portions, and all of them in the end.</summary>
public sealed class SweepBehindTests : IAsyncLifetime
{
    private const int Known = 4_500;
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private readonly ScratchDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new(T0);
    private readonly FakeCrm _crm = new();
    private SqliteStore _store = null!;
    private SweepWork _sweep = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        var connection = _crm.Connect();
        connection.Gate.Checked([]);
        _sweep = new(connection, new(_store), _store, _clock, new Logger<SweepWork>(new CollectedLogs()));
        await _store.RecordAsync("main", [.. Enumerable.Range(0, Known).Select(i => Storage.Some.Pass(new($"{i:D4}", 0, 0), Storage.Some.Lead($"{i:D4}")))], T0, Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Leads_that_stay_unlisted_do_not_stand_before_the_others_for_ever()
    {
        List<string[]> looked = [await SweepAsync(day: 0), await SweepAsync(day: 1), await SweepAsync(day: 2), await SweepAsync(day: 3)];

        Assert.Equal([2_000, 2_000, 500, 2_000], looked.Select(ids => ids.Length));
        Assert.Equal(Known, looked.Take(3).SelectMany(ids => ids).Distinct().Count());
        Assert.Equal(looked[0], looked[3]);
    }

    [Fact]
    public async Task Listed_and_deleted_leads_are_not_among_them()
    {
        _crm.Holds("0001", "lead");
        var gone = Storage.Some.Lead("0003");
        await _store.RecordAsync("main", [Storage.Some.Pass(new("0003", 0, 0), gone with { Memory = gone.Memory with { IsGone = true } })], T0, Stop);

        var looked = await SweepAsync(day: 0);

        Assert.Equal(["0000", "0001", "0002", "0004"], looked.Order().Take(4));
        Assert.Equal(2_001, looked.Length);
    }

    /// <summary>What a sweep of that day has looked at.</summary>
    private async Task<string[]> SweepAsync(int day)
    {
        _clock.SetUtcNow(T0.AddDays(day).AddMinutes(day));
        await _sweep.RunAsync(_clock.GetUtcNow(), Stop);
        var taken = await _store.TakeAsync("main", 2 * Known, _clock.GetUtcNow(), TimeSpan.FromMinutes(1), Stop);
        await _store.RecordAsync("main", [.. taken.Select(lead => new LeadPass { Taken = lead })], _clock.GetUtcNow(), Stop);
        return [.. taken.Select(lead => lead.LeadId)];
    }
}
