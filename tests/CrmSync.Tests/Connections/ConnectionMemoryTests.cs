using CrmSync.Tests.Storage;
using CrmSync.Tests.Support;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Tests.Connections;

public sealed class ConnectionMemoryTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private readonly ScratchDirectory _directory = new();
    private SqliteStore _store = null!;
    private ConnectionMemory _memory = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        _memory = new(_store);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(ConnectionMode.ByStore, false, false)]
    [InlineData(ConnectionMode.ByStore, true, true)]
    [InlineData(ConnectionMode.Shadow, true, false)]
    [InlineData(ConnectionMode.Live, true, true)]
    public async Task Is_live_by_mode_and_by_what_was_said(ConnectionMode mode, bool wentLive, bool live)
    {
        if (wentLive)
            await _memory.RememberAsync("main", ConnectionMemory.StartAt, Now.AddDays(-1), Stop);
        Assert.Equal(live ? Now.AddDays(-1) : null, await LiveAsync(mode, Now));
    }

    [Fact]
    public async Task Starts_by_itself_once_the_baseline_is_looked_at()
    {
        Assert.Null(await LiveAsync(ConnectionMode.Live, Now));
        await _store.AcceptAsync("main", [new("sweep:1", "1")], Now, Stop);
        await _memory.RememberAsync("main", ConnectionMemory.BaselineListed, Now, Stop);
        Assert.Null(await LiveAsync(ConnectionMode.Live, Now));
        var taken = Assert.Single(await _store.TakeAsync("main", 10, Now, TimeSpan.FromMinutes(1), Stop));
        await _store.RecordAsync("main", [new() { Taken = taken }], Now, Stop);
        Assert.Equal(Now.AddHours(1), await LiveAsync(ConnectionMode.Live, Now.AddHours(1)));
        Assert.Equal(Now.AddHours(1), await LiveAsync(ConnectionMode.Live, Now.AddHours(2)));
    }

    [Fact]
    public async Task Knows_a_cut_off_only_when_every_connection_was_polled()
    {
        await _memory.RememberAsync("main", ConnectionMemory.PolledAt, Now, Stop);
        Assert.Null(await _memory.CutOffAsync(["main", "other"], Stop));
        await _memory.RememberAsync("other", ConnectionMemory.PolledAt, Now.AddHours(-1), Stop);
        Assert.Equal(Now.AddHours(-1), await _memory.CutOffAsync(["main", "other"], Stop));
        await _memory.RememberAsync("other", ConnectionMemory.PolledAt, null, Stop);
        Assert.Null(await _memory.CutOffAsync(["main", "other"], Stop));
    }

    private Task<DateTimeOffset?> LiveAsync(ConnectionMode mode, DateTimeOffset now) => _memory.LiveSinceAsync(new FakeCrm().Connect(mode), now, Stop);
}
