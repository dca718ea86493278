namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>A unit of work on its way to the disk. It may be run twice, but only one run is committed.</summary>
internal abstract class WriteUnit
{
    /// <summary>Runs within a transaction; keeps its result to itself until <see cref="Complete"/>.</summary>
    public abstract void Run(Session session);

    /// <summary>Called once the transaction is on the disk.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class WriteUnit<T>(Func<Session, T> work, CancellationToken cancellationToken) : WriteUnit
{
    // Whoever waits goes on elsewhere: the writer's thread is for writing.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private bool _isCanceled;

    public Task<T> Task => _done.Task;

    public override void Run(Session session)
    {
        // No exception: that would cost the whole group a second run.
        if (_isCanceled = cancellationToken.IsCancellationRequested) return;
        _result = work(session);
    }

    public override void Complete()
    {
        if (_isCanceled) _done.TrySetCanceled(cancellationToken);
        else _done.TrySetResult(_result);
    }

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
