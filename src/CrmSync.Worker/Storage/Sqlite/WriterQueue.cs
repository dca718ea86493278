namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// The one writer: a thread that takes all units waiting and commits them as a group. While it waits for the disk, the
/// next group gathers, so the group grows with the load.
/// </summary>
internal sealed class WriterQueue : IDisposable
{
    private const int MostWaiting = 20_000;
    private const int MostInGroup = 1_000;
    private const int ChangesPerCheckpoint = 2_000;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Session _session;
    private readonly GroupCommit _commit;
    private readonly Checkpointer? _checkpointer;
    private readonly TaskCompletionSource<StoreException> _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private List<WriteUnit> _waiting = [];
    private bool _isStopping;
    private long _checkpointed;

    public WriterQueue(Session session, Checkpointer? checkpointer)
    {
        (_session, _checkpointer) = (session, checkpointer);
        _commit = new(session);
        _thread = new(Write) { Name = "store writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Completes when the disk or the file has failed for good; nothing is written after that.</summary>
    public Task<StoreException> Broken => _broken.Task;

    /// <summary>Completes when the unit is on the disk.</summary>
    public Task<T> AddAsync<T>(Func<Session, T> work, CancellationToken cancellationToken)
    {
        var unit = new WriteUnit<T>(work, cancellationToken);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isStopping, this);
            if (_waiting.Count >= MostWaiting) return Task.FromException<T>(Overloaded());
            _waiting.Add(unit);
            if (_waiting.Count == 1) _work.Release();
        }
        return unit.Task;
    }

    /// <summary>Writes what waits, then stops.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isStopping) return;
            _isStopping = true;
            _work.Release();
        }
        _thread.Join();
        _session.Dispose();
        _work.Dispose();
    }

    private void Write()
    {
        var group = new List<WriteUnit>();
        while (Next(ref group))
        {
            for (var from = 0; from < group.Count; from += MostInGroup)
                Commit(from == 0 && group.Count <= MostInGroup ? group : group[from..Math.Min(from + MostInGroup, group.Count)]);
            group.Clear();
        }
    }

    private bool Next(ref List<WriteUnit> group)
    {
        _work.Wait();
        lock (_gate)
        {
            (group, _waiting) = (_waiting, group);
            // A stop may come with work or after it: what waits is written first.
            if (_isStopping && group.Count > 0) _work.Release();
            return group.Count > 0 || !_isStopping;
        }
    }

    private void Commit(List<WriteUnit> units)
    {
        if (_broken.Task.IsCompleted)
        {
            foreach (var unit in units) unit.Fail(_broken.Task.Result);
            return;
        }
        try
        {
            _commit.Run(units);
        }
        catch (StoreException e)
        {
            _broken.TrySetResult(e);
        }
        AskForCheckpoint();
    }

    private void AskForCheckpoint()
    {
        if (_session.TotalChanges - _checkpointed < ChangesPerCheckpoint) return;
        _checkpointed = _session.TotalChanges;
        _checkpointer?.Ask();
    }

    private static StoreException Overloaded() => new(
        StoreFailure.Overloaded, "Too much is waiting to be written.", "The disk is slower than the load; the sender tries again.");
}
