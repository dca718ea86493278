namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// Moves the log's pages into the file on a thread of its own, so that no caller pays for it. Passive checkpoints delay
/// nobody but may never catch up under load; beyond a size one that holds new writes back for a moment ends the log.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private const long MostLogPages = 4_000; // 16 MB

    private readonly Session _session;
    private readonly SemaphoreSlim _asked = new(0);
    private readonly Thread _thread;
    private volatile bool _isStopping;

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
            if (PagesAfter("PRAGMA wal_checkpoint(PASSIVE)") > MostLogPages) PagesAfter("PRAGMA wal_checkpoint(RESTART)");
            _asked.Wait();
        }
        PagesAfter("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    // Columns: whether it was held up, pages in the log, pages moved.
    private long PagesAfter(string checkpoint)
    {
        try
        {
            using var rows = _session.Query(checkpoint);
            return rows.Next() ? rows.Number(1) : 0;
        }
        catch (StoreException)
        {
            // The log only stays longer: what matters is in it, and the writer meets a failing disk by itself.
            return 0;
        }
    }
}
