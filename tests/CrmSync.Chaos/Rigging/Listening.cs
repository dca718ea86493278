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
    private readonly Task _running;

    public Listening(Worker worker, SandboxHost sandbox)
    {
        (_worker, _sandbox) = (worker, sandbox);
        _running = Stream is null ? Task.CompletedTask : Task.Run(() => worker.Ear.RunAsync(worker.Connection, _end.Token));
    }

    private ICrmStream? Stream => _worker.Connection.Adapter.Stream;

    /// <summary>Waits until everything that the CRM has told is stored, or nobody listens.</summary>
    public async Task SettleAsync(DateTimeOffset now)
    {
        var began = TimeProvider.System.GetTimestamp();
        foreach (var channel in Stream?.Channels ?? [])
            while (Listens(channel, now) && await PlaceAsync(channel) < _sandbox.NewestEvent && TimeProvider.System.GetElapsedTime(began) < Patience)
                await Task.Delay(1);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
    }

    private bool Listens(string channel, DateTimeOffset now) => !_worker.Life.IsOver && _worker.Connection.Gate.MayRead
        && !(_worker.Connection.Streams.GetValueOrDefault(channel)?.RetryAt > now);

    private async Task<long> PlaceAsync(string channel) =>
        await _worker.Store.PositionAsync(Rig.Connection, StreamIntake.CursorOf(channel), CancellationToken.None) is { } place
            ? BinaryPrimitives.ReadInt64BigEndian(Convert.FromBase64String(place))
            : 0;
}
