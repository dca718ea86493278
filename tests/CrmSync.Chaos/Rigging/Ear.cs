using System.Runtime.CompilerServices;
using CrmSync.Adapters;

namespace CrmSync.Chaos.Rigging;

/// <summary>
/// Stands before an adapter's stream, so that a run hears when its rig lets it and at no other moment: a seed would not play
/// again as it played if what was told came in whenever a line is free.
/// </summary>
internal sealed class Ear
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _busy;
    private int _begun;

    /// <summary>Whether something that was heard is being dealt with.</summary>
    public bool IsBusy => Volatile.Read(ref _busy) > 0;

    /// <summary>How often listening began anew without a place to go on from.</summary>
    public int Begun => Volatile.Read(ref _begun);

    public ICrmAdapter Before(ICrmAdapter adapter)
    {
        var stream = adapter.Stream is { } inner ? new Heard(this, inner) : null;
        return Twist.Of(adapter, ("get_Stream", (_, _) => stream));
    }

    public void Open() => Gate.TrySetResult();

    public void Close()
    {
        lock (_lock)
            _open = _open.Task.IsCompleted ? new(TaskCreationOptions.RunContinuationsAsynchronously) : _open;
    }

    private TaskCompletionSource Gate
    {
        get
        {
            lock (_lock)
                return _open;
        }
    }

    private sealed class Heard(Ear ear, ICrmStream inner) : ICrmStream
    {
        public IReadOnlyList<string> Channels => inner.Channels;

        public async IAsyncEnumerable<StreamBatch> ReadAsync(string channel, ReadOnlyMemory<byte>? position, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await ear.Gate.Task.WaitAsync(cancellationToken);
            if (position is null)
                Interlocked.Increment(ref ear._begun);
            await using var batches = inner.ReadAsync(channel, position, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(batches, cancellationToken))
            {
                Interlocked.Increment(ref ear._busy);
                try
                {
                    yield return batches.Current;
                }
                finally
                {
                    Interlocked.Decrement(ref ear._busy);
                }
            }
        }

        /// <summary>That a call is over is heard, too.</summary>
        private async Task<bool> NextAsync(IAsyncEnumerator<StreamBatch> batches, CancellationToken cancellationToken)
        {
            var next = batches.MoveNextAsync().AsTask();
            await Task.WhenAny(next).WaitAsync(cancellationToken);
            await ear.Gate.Task.WaitAsync(cancellationToken);
            return await next;
        }
    }
}
