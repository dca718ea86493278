using CrmSync.Adapters;
using CrmSync.Tests.Support;
using CrmSync.Tests.Storage;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Sync;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Sync;

/// <summary>When the account and its users are looked at again.</summary>
public sealed class CheckWorkTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero));
    private readonly FakeCrm _crm = new() { Users = [new("510001", true, "Mette Holm")] };
    private readonly ScratchDirectory _directory = new();
    private SqliteStore _store = null!;
    private ConnectedCrm _connection = null!;
    private CheckWork _work = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteStore.OpenAsync(_directory.Name, TestContext.Current.CancellationToken);
        _connection = _crm.Connect();
        _work = new(_connection, new(_store), _clock, new Logger<CheckWork>(new CollectedLogs()));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Users_that_could_not_be_read_are_asked_for_at_the_next_ring_and_stop_nothing()
    {
        _crm.UsersFault = new(CrmFailure.Transient, "HTTP 502");
        await RingAsync(TimeSpan.Zero);
        Assert.True(_connection.Gate.MayWrite && _connection.Gate.IsOpen(_clock.GetUtcNow()));

        _crm.UsersFault = null;
        await RingAsync(_work.Every);

        Assert.Equal("Mette Holm", _connection.Users.Find("510001")?.Name);
        Assert.Equal(1, _crm.Checks);
    }

    [Fact]
    public async Task Users_that_stay_out_of_reach_are_asked_for_ever_more_seldom()
    {
        _crm.UsersFault = new(CrmFailure.Transient, "HTTP 502");
        for (var ring = 0; ring < 180; ring++)
            await RingAsync(_work.Every);
        Assert.InRange(_crm.UsersAsked, 8, 12);
    }

    [Fact]
    public async Task Credentials_refused_for_users_close_the_connection()
    {
        _crm.UsersFault = new(CrmFailure.Unauthorised, "HTTP 401");
        await RingAsync(TimeSpan.Zero);
        Assert.False(_connection.Gate.IsOpen(_clock.GetUtcNow()));
    }

    [Fact]
    public async Task All_is_looked_at_every_ten_minutes()
    {
        for (var ring = 0; ring <= 30; ring++)
            await RingAsync(ring == 0 ? TimeSpan.Zero : _work.Every);
        Assert.Equal((2, 2), (_crm.Checks, _crm.UsersAsked));
    }

    [Fact]
    public async Task What_a_write_met_is_looked_into_before_its_time_and_no_more_than_once_a_minute()
    {
        await RingAsync(TimeSpan.Zero);
        var checks = new List<int>();
        for (var ring = 0; ring < 6; ring++)
        {
            _connection.Gate.Doubt();
            await RingAsync(_work.Every);
            checks.Add(_crm.Checks);
        }

        Assert.Equal([1, 1, 2, 2, 2, 3], checks);
        await RingAsync(_work.Every * 4);
        Assert.Equal(3, _crm.Checks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stage_field_that_is_gone_stops_the_reading_of_a_connection_that_was_live(bool wasLive)
    {
        if (wasLive)
            await new ConnectionMemory(_store).RememberAsync(_connection.Name, ConnectionMemory.StartAt, _clock.GetUtcNow(), TestContext.Current.CancellationToken);
        _crm.Problems = [new("stage-field-missing", ProblemReach.Writing, "Mapping", "It is not there.", "Let the user see it.")];

        await RingAsync(TimeSpan.Zero);

        Assert.Equal((!wasLive, false), (_connection.Gate.MayRead, _connection.Gate.MayWrite));
    }

    private Task RingAsync(TimeSpan later)
    {
        _clock.Advance(later);
        return _work.RunAsync(_clock.GetUtcNow(), TestContext.Current.CancellationToken);
    }
}
