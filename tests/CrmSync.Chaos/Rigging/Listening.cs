using System.Buffers.Binary;
using CrmSync.Adapters;
using CrmSync.Sandbox;
using CrmSync.Worker.Intake;

namespace CrmSync.Chaos.Rigging;

/// <summary>One worker's ear on the CRM's event stream, for as long as the worker lives. Nothing where there is no stream.</summary>
internal sealed class Listening : IAsyncDisposable
{
    /// <summary>Real time within which an open call brings what was told; a call that is not open yet brings it at a later step.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Worker _worker;
    private readonly SandboxHost _sandbox;
    private readonly CancellationTokenSource _end = new();
    private Task? _running;
    private int _begun;
    private long _toldBefore;

    public Listening(Worker worker, SandboxHost sandbox) => (_worker, _sandbox) = (worker, sandbox);

    private ICrmStream? Stream => _worker.Connection.Adapter.Stream;

    /// <summary>Waits until everything that the CRM has told is stored, or nobody listens.</summary>
    public async Task SettleAsync(DateTimeOffset now)
    {
        // An ear that waits until it may listen would wait for the clock, and hurry it.
        if (Stream is null || !(_worker.Connection.Gate.MayRead || _running is not null))
            return;
        _running ??= Task.Run(() => _worker.Intake.RunAsync(_worker.Connection, _end.Token));
        var began = TimeProvider.System.GetTimestamp();
        _worker.Ear.Open();
        if (_begun != _worker.Ear.Begun)
            (_begun, _toldBefore) = (_worker.Ear.Begun, _sandbox.NewestEvent);
        foreach (var channel in Stream.Channels)
            while (Listens(channel, now) && (_worker.Ear.IsBusy || await PlaceAsync(channel) < _sandbox.NewestEvent) && TimeProvider.System.GetElapsedTime(began) < Patience)
                await Task.Delay(1);
        _worker.Ear.Close();
    }

    /// <summary>May be called twice: a worker that cannot start leaves its rig with the ear of the one before.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_end.IsCancellationRequested)
            return;
        await _end.CancelAsync();
        await (_running ?? Task.CompletedTask).ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
    }

    private bool Listens(string channel, DateTimeOffset now) => !_worker.Life.IsOver && _worker.Connection.Gate.MayRead
        && !(_worker.Connection.Streams.GetValueOrDefault(channel)?.RetryAt > now);

    private async Task<long> PlaceAsync(string channel) =>
        await _worker.Store.PositionAsync(Rig.Connection, StreamIntake.CursorOf(channel), CancellationToken.None) is { } place
            ? BinaryPrimitives.ReadInt64BigEndian(Convert.FromBase64String(place))
            : _toldBefore;
}
