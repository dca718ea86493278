namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>How a file is opened.</summary>
internal enum SqliteAccess
{
    /// <summary>By the worker, which holds the directory's lock: creates, migrates, writes, checkpoints.</summary>
    Own,

    /// <summary>By a command beside a running worker: reads, and writes a request now and then.</summary>
    Beside,

    /// <summary>Reads only.</summary>
    Read,
}

/// <summary>The file with its one writer and its readers.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly WriterQueue? _writer;
    private readonly Checkpointer? _checkpointer;
    private readonly ReaderPool _readers;

    private SqliteDatabase(WriterQueue? writer, Checkpointer? checkpointer, Func<Session> reader)
    {
        (_writer, _checkpointer) = (writer, checkpointer);
        _readers = new(reader);
    }

    /// <summary>Completes when the disk or the file has failed for good: the process has to start again.</summary>
    public Task<StoreException> Broken => _writer?.Broken ?? new TaskCompletionSource<StoreException>().Task;

    /// <exception cref="StoreException">Missing, not writable or damaged.</exception>
    public static SqliteDatabase Open(string directory, SqliteAccess access)
    {
        var path = Path.Combine(directory, DataDirectory.DatabaseName);
        if (access == SqliteAccess.Own) SqliteSchema.CreateIfMissing(directory, path);
        if (access == SqliteAccess.Beside) DataDirectory.RequireOwn(directory);
        if (!File.Exists(path)) throw Missing(directory, path);
        CheckFile(path);
        if (access == SqliteAccess.Read) return new(null, null, ReaderOf(path));

        var session = SqliteConnections.Open(path, SqliteUse.Write);
        if (access == SqliteAccess.Own) Begin(session, directory, path);
        var checkpointer = access == SqliteAccess.Own ? new Checkpointer(SqliteConnections.Open(path, SqliteUse.Checkpoint)) : null;
        return new(new(session, checkpointer), checkpointer, ReaderOf(path));
    }

    /// <summary>Runs a unit of work in a transaction; on the disk when the task completes. It may be run twice.</summary>
    public Task<T> WriteAsync<T>(Func<Session, T> work, CancellationToken cancellationToken) => _writer is null
        ? throw new InvalidOperationException("This store was opened for reading.")
        : _writer.AddAsync(work, cancellationToken);

    /// <summary>Runs a unit of work that has no result.</summary>
    public Task WriteAsync(Action<Session> work, CancellationToken cancellationToken) =>
        WriteAsync(session => { work(session); return true; }, cancellationToken);

    /// <summary>Runs a short read on one state of the store.</summary>
    public Task<T> ReadAsync<T>(Func<Session, T> read, CancellationToken cancellationToken) =>
        _readers.ReadAsync(read, cancellationToken);

    public void Dispose()
    {
        // Readers first: an open one would keep the log from being emptied.
        _readers.Dispose();
        _writer?.Dispose();
        _checkpointer?.Dispose();
    }

    private static void Begin(Session session, string directory, string path)
    {
        try
        {
            SqliteBackup.BeforeMigration(session, directory);
        }
        catch
        {
            session.Dispose();
            throw;
        }
        SqliteSchema.BringUpToDate(session, path);
    }

    private static Func<Session> ReaderOf(string path) => () =>
    {
        try
        {
            var session = SqliteConnections.Open(path, SqliteUse.Read);
            // The log is opened with the first read, and that is where a volume that cannot be written shows.
            session.Any("SELECT 1 FROM sqlite_schema");
            return session;
        }
        catch (StoreException e) when (e.Failure is StoreFailure.NotWritable or StoreFailure.ReadOnly)
        {
            return SqliteConnections.OpenUnwritable(path);
        }
    };

    private static void CheckFile(string path)
    {
        try
        {
            SqliteFiles.Check(path, SqliteSchema.Newest);
        }
        catch (UnauthorizedAccessException e)
        {
            throw DataDirectory.NotWritable(Path.GetDirectoryName(path)!, e);
        }
    }

    private static StoreException Missing(string directory, string path)
    {
        try
        {
            if (Directory.Exists(directory)) _ = Directory.EnumerateFileSystemEntries(directory).Any();
        }
        catch (UnauthorizedAccessException e)
        {
            // It may well be there: this user is not let in.
            return DataDirectory.NotWritable(directory, e);
        }
        return new(StoreFailure.Missing, $"There is no store at {path}.", "Start the worker once, or name its data directory with --data.");
    }
}
