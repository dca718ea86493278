using CrmSync.Tests.Storage;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Sync;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Tests.Sync;

public sealed class BrakeTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private readonly ScratchDirectory _directory = new();
    private SqliteStore _store = null!;
    private ConnectionMemory _memory = null!;
    private Brake _brake = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        _memory = new(_store);
        _brake = new(_memory, _store, NullLogger<Brake>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(219, 10)]
    [InlineData(220, 11)]
    [InlineData(3999, 199)]
    [InlineData(4000, 200)]
    [InlineData(1_000_000, 200)]
    public void Lets_a_twentieth_through_between_ten_and_two_hundred(int leads, int limit) => Assert.Equal(limit, Brake.LimitFor(leads));

    [Fact]
    public async Task Lets_as_many_through_as_the_limit_and_then_stops()
    {
        Assert.Equal(0, await AllowAsync(0));
        Assert.Equal(10, await AllowAsync(10));
        Assert.Equal(10, await AllowAsync(11));
        Assert.Equal(0, await AllowAsync(1));
        Assert.Equal(Now, await _memory.InstantAsync("main", ConnectionMemory.BrakeAt, Stop));
    }

    [Theory]
    [InlineData(-59, 1)]
    [InlineData(-61, 10)]
    public async Task Counts_the_moves_of_the_last_hour(int minutes, int allowed)
    {
        for (var i = 0; i < 9; i++)
            await MoveAsync($"lead-{i}", Now.AddMinutes(minutes));
        Assert.Equal(allowed, await AllowAsync(10));
    }

    [Fact]
    public async Task Stays_on_until_somebody_approves_and_then_for_an_hour_lets_all_through()
    {
        await AllowAsync(11);
        Assert.Equal(0, await AllowAsync(1, Now.AddDays(30)));
        await _brake.ApproveAsync("main", Now, Stop);
        Assert.Equal(500, await AllowAsync(500, Now.AddMinutes(59)));
        Assert.Equal(10, await AllowAsync(500, Now.AddMinutes(60)));
    }

    [Fact]
    public async Task Looks_again_at_once_at_what_waited()
    {
        await _store.RecordAsync("main", [Storage.Some.Pass(new("a", 0, 0), Storage.Some.Lead("a")) with { DueAt = Now + Brake.HeldBackFor }], Now, Stop);
        Assert.Equal(1, await _brake.ApproveAsync("main", Now, Stop));
        Assert.Equal(1, await _store.PendingAsync("main", Stop));
    }

    private Task<int> AllowAsync(int wanted, DateTimeOffset? at = null) => _brake.AllowAsync("main", wanted, at ?? Now, Stop);

    private Task MoveAsync(string id, DateTimeOffset at) => _store.RecordAsync("main", [Storage.Some.Pass(new(id, 0, 0), Storage.Some.Lead(id)) with
    {
        Audit = [Storage.Some.Decided($"t-{id}", $"key-{id}", at)],
    }], at, Stop);
}
