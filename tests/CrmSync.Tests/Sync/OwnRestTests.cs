using CrmSync.Adapters;
using CrmSync.Tests.Storage;
using CrmSync.Tests.Support;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Sync;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Sync;

/// <summary>Sweeps and polls that rest to save quota stop nothing else of their connection.</summary>
public sealed class OwnRestTests : IAsyncLifetime
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private readonly ScratchDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new(T0);
    private readonly CollectedLogs _logs = new();
    private readonly FakeCrm _crm = new();
    private SqliteStore _store = null!;
    private ConnectedCrm _connection = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        _connection = _crm.Connect();
        _connection.Gate.Checked([]);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_poll_that_rests_leaves_the_connection_open_and_asks_again_when_it_is_over()
    {
        var poll = new PollWork(_connection, new(_store), _store, _clock, new Logger<PollWork>(_logs));
        await poll.RunAsync(T0, Stop); // places only
        _crm.PollFault = Rest(T0.AddHours(1));

        await poll.RunAsync(T0.AddMinutes(1), Stop);
        await poll.RunAsync(T0.AddMinutes(30), Stop);
        Assert.Equal(1, _crm.Polls);
        Assert.True(_connection.Gate.IsOpen(T0.AddMinutes(2)));

        _crm.PollFault = null;
        await poll.RunAsync(T0.AddHours(1), Stop);
        Assert.Equal(1 + _crm.Streams.Count, _crm.Polls);
    }

    [Fact]
    public async Task A_sweep_that_rests_leaves_the_connection_open_and_goes_on_where_it_was()
    {
        for (var i = 0; i < 5; i++)
            _crm.Holds($"{i}", "lead");
        var sweep = new SweepWork(_connection, new(_store), _store, _clock, new Logger<SweepWork>(_logs));
        _crm.PollFault = Rest(T0.AddHours(1));

        await sweep.RunAsync(T0, Stop);
        Assert.True(_connection.Gate.IsOpen(T0.AddSeconds(1)));
        _crm.PollFault = null;
        await sweep.RunAsync(T0.AddMinutes(1), Stop);
        Assert.Equal(0, await _store.PendingAsync("main", Stop));
        await sweep.RunAsync(T0.AddHours(1), Stop);

        Assert.Equal(5, await _store.PendingAsync("main", Stop));
    }

    [Fact]
    public async Task Any_other_want_of_quota_closes_the_connection()
    {
        var poll = new PollWork(_connection, new(_store), _store, _clock, new Logger<PollWork>(_logs));
        await poll.RunAsync(T0, Stop);
        _crm.PollFault = new(CrmFailure.RateLimited, "spent") { RetryAt = T0.AddHours(1) };

        await poll.RunAsync(T0.AddMinutes(1), Stop);

        Assert.False(_connection.Gate.IsOpen(T0.AddMinutes(2)));
    }

    [Fact]
    public async Task Polls_no_closer_together_than_the_account_can_pay_for()
    {
        _crm.PollPace = TimeSpan.FromMinutes(10);
        var poll = new PollWork(_connection, new(_store), _store, _clock, new Logger<PollWork>(_logs));
        for (var minute = 0; minute <= 60; minute++)
            await poll.RunAsync(T0.AddMinutes(minute), Stop);

        Assert.Equal(6 * _crm.Streams.Count, _crm.Polls);
    }

    private static CrmException Rest(DateTimeOffset until) => new(CrmFailure.RateLimited, "Polls rest.") { RetryAt = until, IsOwnRest = true };
}
