using CrmSync.Adapters;
using CrmSync.Tests.Storage;
using CrmSync.Tests.Support;
using CrmSync.Worker.Audit;
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

    [Fact]
    public async Task Who_stands_in_another_record_is_looked_at_behind_the_first_sweeps_alone_unless_nobody_noticed()
    {
        await BecomeDealsAsync(Enumerable.Range(0, Known).Where(i => i != 8));
        _crm.Standing = [.. Enumerable.Range(0, Known).Where(i => i != 7).Select(Deal)];

        List<string[]> looked = [await SweepAsync(day: 0), await SweepAsync(day: 1), await SweepAsync(day: 2), await SweepAsync(day: 3)];

        Assert.Equal([2_000, 2_000, 500], looked.Take(3).Select(ids => ids.Length));
        Assert.Equal(["0007", "0008"], looked[3]);
    }

    [Fact]
    public async Task After_a_restore_whoever_stands_in_another_record_is_looked_at_again()
    {
        await BecomeDealsAsync([1, 2]);
        _crm.Standing = [Deal(1), Deal(2)];
        for (var day = 0; day < 3; day++)
            await SweepAsync(day);
        var note = new AuditDraft(AuditKind.Restored, null, null, null, null, null, null, _clock.GetUtcNow(), "crmsync", null, null);
        await _store.NoteRestoreAsync(_store.StoreId, new(_clock.GetUtcNow(), RestoreNote.ByMarkers), note, Stop);

        Assert.Equal(["0000", "0001", "0002"], (await SweepAsync(day: 3)).Take(3));
        Assert.Equal(2_000, (await SweepAsync(day: 4)).Length);
        await SweepAsync(day: 5);
        Assert.Equal(["0000", "0003", "0004"], (await SweepAsync(day: 6)).Take(3));
    }

    [Fact]
    public async Task While_sweeps_rest_nothing_is_looked_at_behind_them_and_a_first_look_is_put_off()
    {
        await BecomeDealsAsync(Enumerable.Range(0, Known));
        _crm.Standing = [.. Enumerable.Range(0, Known).Select(Deal)];
        _crm.Quotas = [new("tokens", 30_000, 18_000, 11_000, 11_000, 10_000, ["sweeps"])];
        Assert.Empty(await SweepAsync(day: 0));

        _crm.Quotas = [];
        List<string[]> looked = [await SweepAsync(day: 1), await SweepAsync(day: 2), await SweepAsync(day: 3)];
        Assert.Equal([2_000, 2_000, 500], looked.Select(ids => ids.Length));
        _crm.Quotas = [new("tokens", 30_000, 18_000, 11_000, 11_000, 10_000, ["sweeps"])];
        Assert.Empty(await SweepAsync(day: 4));
        _crm.Quotas = [];
        Assert.Empty(await SweepAsync(day: 5));
    }

    private static string Deal(int lead) => $"deal-{lead}";

    /// <summary>These leads are known by the ids of deals as well.</summary>
    private Task BecomeDealsAsync(IEnumerable<int> leads) => _store.RecordAsync(
        "main", [.. leads.Select(i => Storage.Some.Pass(new($"{i:D4}", 0, 0), Storage.Some.Lead($"{i:D4}")) with { Aliases = [Deal(i)] })], T0, Stop);

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
