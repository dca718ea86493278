namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// Moves the log's pages into the file on a thread of its own, so that no caller pays for it. Under load it never quite
/// catches up, and a log is begun anew only when all of it was moved. Then the writer is asked to move the little that is
/// left between two commits.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private const long MostLogPages = 4_000; // 16 MB

    private readonly Session _session;
    private readonly SemaphoreSlim _asked = new(0);
    private readonly Thread _thread;
    private volatile bool _isStopping;
    private volatile bool _isRestDue;

    public Checkpointer(Session session)
    {
        _session = session;
        _thread = new(Work) { Name = "store checkpoints", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Asks for a checkpoint soon; returns at once.</summary>
    public void Ask()
    {
        if (_asked.CurrentCount == 0) _asked.Release();
    }

    /// <summary>To be called by the writer between two commits: moves the rest of a log that has grown.</summary>
    public void FinishIfDue(Session writer)
    {
        if (!_isRestDue) return;
        _isRestDue = false;
        Checkpoint(writer);
    }

    /// <summary>Empties the log and stops. To be called when the writer has stopped.</summary>
    public void Dispose()
    {
        if (_isStopping) return;
        _isStopping = true;
        Ask();
        _thread.Join();
        _session.Dispose();
        _asked.Dispose();
    }

    private void Work()
    {
        _asked.Wait();
        while (!_isStopping)
        {
            if (Checkpoint(_session) > MostLogPages)
            {
                Checkpoint(_session);
                _isRestDue = true;
            }
            _asked.Wait();
        }
        Checkpoint(_session, "TRUNCATE");
    }

    // Columns: whether it was held up, pages in the log, pages moved.
    private static long Checkpoint(Session session, string mode = "PASSIVE")
    {
        try
        {
            using var rows = session.Query($"PRAGMA wal_checkpoint({mode})");
            return rows.Next() ? rows.Number(1) : 0;
        }
        catch (StoreException)
        {
            // The log only stays longer: what matters is in it, and the writer meets a failing disk by itself.
            return 0;
        }
    }
}
