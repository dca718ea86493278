using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CrmSync.Adapters;
using CrmSync.Tests.Support;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Intake;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.Sync;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Intake;

/// <summary>What is heard is in the inbox before its position is kept; and nothing that happens to a stream stops the rest.</summary>
public sealed class StreamIntakeTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("crmsync-stream-test-").FullName;
    private readonly FakeTimeProvider _clock = new(new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero));
    private readonly CancellationTokenSource _stop = new();
    private readonly FakeStream _stream = new();
    private readonly CollectedLogs _logs = new();
    private SqliteStore _store = null!;
    private ConnectedCrm _connection = null!;
    private Task _listening = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteStore.OpenAsync(_directory, CancellationToken.None);
        _connection = new FakeCrm { Stream = _stream }.Connect();
        _connection.Gate.Checked([]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _listening);
        await _store.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
        _stop.Dispose();
    }

    [Fact]
    public async Task Hints_are_filed_with_the_position_behind_them()
    {
        Listen();
        await _stream.TellAsync([1], Hint("contacts", "7", "e1"), Hint("companies", "9", "e2"));
        await StoredAsync([1]);

        Assert.Equal(["7", "companies/9"], (await TakeAsync()).Select(t => t.LeadId));
        Assert.Equal(_clock.GetUtcNow(), _connection.Streams[FakeStream.Channel].HeardAt);
    }

    [Fact]
    public async Task An_event_that_comes_twice_is_one_entry()
    {
        Listen();
        await _stream.TellAsync([1], Hint("contacts", "7", "e1"));
        await _stream.TellAsync([2], Hint("contacts", "7", "e1"));
        await StoredAsync([2]);

        Assert.Equal(1, await _store.PendingAsync("main", default));
    }

    [Fact]
    public async Task A_position_is_never_ahead_of_the_inbox()
    {
        Listen(FailingOnce.Of(_store));
        await _stream.TellAsync([1], Hint("contacts", "7", "e1"));
        await _stream.AskedAgainAsync(2, _clock);

        Assert.Null(await _store.PositionAsync("main", StreamIntake.CursorOf(FakeStream.Channel), default));
        Assert.Equal(2, _stream.Asked.Count);
        Assert.Null(_stream.Asked[1]);
        await _stream.TellAsync([1], Hint("contacts", "7", "e1"));
        await StoredAsync([1]);
        Assert.Equal("7", Assert.Single(await TakeAsync()).LeadId);
    }

    [Fact]
    public async Task After_a_break_it_listens_on_behind_what_is_stored_and_waits_longer_each_time()
    {
        Listen();
        await _stream.TellAsync([1], Hint("contacts", "7", "e1"));
        await StoredAsync([1]);
        var first = await BreakAsync(2);
        var second = await BreakAsync(3);

        Assert.Equal([null, [1], [1]], _stream.Asked);
        Assert.True(second > first, $"{second} after {first}");
        Assert.Contains(_logs.Warnings, w => w.Contains("changes are found by polling", StringComparison.Ordinal));
        Assert.True(_connection.Gate.IsOpen(_clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_call_that_is_taken_again_is_well_before_anything_is_heard()
    {
        Listen();
        await _stream.TellAsync([1]);
        await StoredAsync([1]);
        var heard = Health.HeardAt;
        var first = await BreakAsync(2);
        Assert.NotNull(Health.Problem);

        await _stream.OpenAsync();
        await UntilAsync(() => Task.FromResult(Health.Problem is null));

        Assert.Equal((heard, null), (Health.HeardAt, Health.RetryAt));
        Assert.Equal(Convert.ToBase64String([1]), await _store.PositionAsync("main", StreamIntake.CursorOf(FakeStream.Channel), default));
        // Taken and broken off again is not heard: it waits longer, as if it had not been taken.
        Assert.True(await BreakAsync(3) > first);
    }

    [Fact]
    public async Task A_gap_asks_for_a_sweep_and_forgets_a_position_that_is_good_no_longer()
    {
        var memory = new ConnectionMemory(_store);
        var sweep = new SweepWork(_connection, memory, _store, _clock, new Logger<SweepWork>(_logs));
        await sweep.RunAsync(_clock.GetUtcNow(), default);
        var baseline = await memory.InstantAsync("main", ConnectionMemory.SweepEnded, default);
        Listen();
        await _stream.TellAsync([1]);
        await StoredAsync([1]);
        await _stream.LoseAsync();
        await StoredAsync(null);

        _clock.Advance(TimeSpan.FromMinutes(11));
        await sweep.RunAsync(_clock.GetUtcNow(), default);

        Assert.True(await memory.InstantAsync("main", ConnectionMemory.SweepEnded, default) > baseline);
        Assert.Null(await memory.InstantAsync("main", ConnectionMemory.SweepAsked, default));
    }

    [Fact]
    public async Task A_hundred_gaps_are_one_sweep()
    {
        var memory = new ConnectionMemory(_store);
        var sweep = new SweepWork(_connection, memory, _store, _clock, new Logger<SweepWork>(_logs));
        await sweep.RunAsync(_clock.GetUtcNow(), default);
        var ended = new HashSet<DateTimeOffset?>();
        Listen();
        for (byte i = 1; i <= 100; i++)
        {
            await _stream.LoseAsync([i]);
            await StoredAsync([i]);
            _clock.Advance(TimeSpan.FromSeconds(1));
            await sweep.RunAsync(_clock.GetUtcNow(), default);
            ended.Add(await memory.InstantAsync("main", ConnectionMemory.SweepEnded, default));
        }

        Assert.Single(ended);
    }

    [Fact]
    public async Task A_position_that_cannot_be_read_is_one_that_was_missed()
    {
        await _store.AdvanceAsync("main", StreamIntake.CursorOf(FakeStream.Channel), [], "no base64!", _clock.GetUtcNow(), default);
        Listen();
        await _stream.AskedAgainAsync(1, _clock);

        Assert.Null(_stream.Asked[0]);
        Assert.NotNull(await new ConnectionMemory(_store).InstantAsync("main", ConnectionMemory.SweepAsked, default));
    }

    [Fact]
    public async Task Nobody_listens_to_an_account_that_was_not_looked_at()
    {
        _connection = new FakeCrm { Stream = _stream }.Connect();
        Listen();
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(_stream.Asked);

        _connection.Gate.Checked([]);
        await _stream.AskedAgainAsync(1, _clock);
    }

    private StreamHealth Health => _connection.Streams[FakeStream.Channel];

    private static WebhookHint Hint(string stream, string id, string delivery) => new(stream, id, delivery);

    private void Listen(IInbox? store = null) => _listening =
        new StreamIntake(store ?? _store, new(_store), _clock, new Logger<StreamIntake>(_logs)).RunAsync(_connection, _stop.Token);

    /// <summary>How long it waits after a break until it listens again.</summary>
    private async Task<TimeSpan> BreakAsync(int asked)
    {
        var from = _clock.GetUtcNow();
        await _stream.BreakAsync(new(CrmFailure.Transient, "cut"));
        await _stream.AskedAgainAsync(asked, _clock);
        return _clock.GetUtcNow() - from;
    }

    private Task<IReadOnlyList<TakenLead>> TakeAsync() => _store.TakeAsync("main", 10, _clock.GetUtcNow(), TimeSpan.FromMinutes(1), default);

    private Task StoredAsync(byte[]? position) => UntilAsync(async () =>
        await _store.PositionAsync("main", StreamIntake.CursorOf(FakeStream.Channel), default) == (position is null ? null : Convert.ToBase64String(position)));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await condition())
            await Task.Delay(5, limit.Token);
    }

    /// <summary>An inbox whose first entries are not stored.</summary>
    public class FailingOnce : DispatchProxy
    {
        private IInbox _inner = null!;
        private bool _failed;

        internal static IInbox Of(IInbox inner)
        {
            var proxy = Create<IInbox, FailingOnce>();
            ((FailingOnce)(object)proxy)._inner = inner;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name != nameof(IInbox.AdvanceAsync) || _failed)
                return targetMethod.Invoke(_inner, args);
            _failed = true;
            return Task.FromException<int>(new StoreException(StoreFailure.Full, "The disk is full.", "Make room."));
        }
    }

    /// <summary>A stream that tells what the test says, to whoever listens at the moment.</summary>
    private sealed class FakeStream : ICrmStream
    {
        public const string Channel = "all";
        private readonly Channel<object> _told = System.Threading.Channels.Channel.CreateUnbounded<object>();

        /// <summary>The positions from which somebody wanted to listen.</summary>
        public List<byte[]?> Asked { get; } = [];

        public IReadOnlyList<string> Channels { get; } = [Channel];

        public async IAsyncEnumerable<StreamBatch> ReadAsync(string channel, ReadOnlyMemory<byte>? position, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            lock (Asked)
                Asked.Add(position?.ToArray());
            await foreach (var told in _told.Reader.ReadAllAsync(cancellationToken))
                yield return told as StreamBatch ?? throw (CrmException)told;
        }

        public ValueTask TellAsync(byte[] position, params WebhookHint[] hints) => _told.Writer.WriteAsync(new StreamBatch(hints, position, false));

        public ValueTask LoseAsync(byte[]? position = null) =>
            _told.Writer.WriteAsync(new StreamBatch([], position is null ? null : (ReadOnlyMemory<byte>?)position, HasGap: true));

        public ValueTask OpenAsync() => _told.Writer.WriteAsync(StreamBatch.CallTaken);

        public ValueTask BreakAsync(CrmException failure) => _told.Writer.WriteAsync(failure);

        /// <summary>Lets time pass until somebody listened so often.</summary>
        public Task AskedAgainAsync(int times, FakeTimeProvider clock) => UntilAsync(() =>
        {
            lock (Asked)
            {
                if (Asked.Count < times)
                    clock.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(Asked.Count >= times);
            }
        });
    }
}
