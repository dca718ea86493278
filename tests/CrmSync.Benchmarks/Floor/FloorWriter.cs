using SQLitePCL;

namespace CrmSync.Benchmarks.Floor;

/// <summary>
/// One thread that commits all that waits at once into a write-ahead log with <c>synchronous=FULL</c>: the cheapest way to
/// make an answer true.
/// </summary>
internal sealed class FloorWriter : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _insert;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Thread _thread;
    private List<Stored> _waiting = [];
    private bool _isStopping;

    public FloorWriter(string path)
    {
        Check(raw.sqlite3_open(path, out _db));
        Check(raw.sqlite3_exec(_db,
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE deliveries(sequence INTEGER PRIMARY KEY, body BLOB NOT NULL);"));
        Check(raw.sqlite3_prepare_v2(_db, "INSERT INTO deliveries(body) VALUES(?1)", out _insert));
        _thread = new(Work) { Name = "floor writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Completes when the body is on the disk.</summary>
    public Task AddAsync(byte[] body)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add(new(body, done));
            if (_waiting.Count == 1)
                _work.Release();
        }
        return done.Task;
    }

    public void Dispose()
    {
        _isStopping = true;
        _work.Release();
        _thread.Join();
        _insert.Dispose();
        _db.Dispose();
        _work.Dispose();
    }

    private void Work()
    {
        var group = new List<Stored>();
        while (true)
        {
            _work.Wait();
            lock (_gate)
                (group, _waiting) = (_waiting, group);
            if (group.Count == 0 && _isStopping)
                return;
            Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<Stored> group)
    {
        Check(raw.sqlite3_exec(_db, "BEGIN IMMEDIATE"));
        foreach (var waiting in group)
        {
            raw.sqlite3_bind_blob(_insert, 1, waiting.Body);
            if (raw.sqlite3_step(_insert) != raw.SQLITE_DONE)
                throw new InvalidOperationException(raw.sqlite3_errmsg(_db).utf8_to_string());
            raw.sqlite3_reset(_insert);
        }
        Check(raw.sqlite3_exec(_db, "COMMIT"));
        foreach (var waiting in group)
            waiting.Done.SetResult();
    }

    private static void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw new InvalidOperationException($"SQLite says {result}.");
    }

    private readonly record struct Stored(byte[] Body, TaskCompletionSource Done);
}
