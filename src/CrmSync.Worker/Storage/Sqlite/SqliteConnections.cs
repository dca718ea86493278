using Microsoft.Data.Sqlite;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>What a connection is for.</summary>
internal enum SqliteUse
{
    Write,
    Read,
    Checkpoint,
}

/// <summary>Opens connections with the settings that the promises rest on.</summary>
internal static class SqliteConnections
{
    // A commit that was answered must survive a power cut: FULL. Checkpoints are ours (see Checkpointer). The caches are
    // small because every lead is read about once a day; what is hot fits.
    private const string Common = "PRAGMA busy_timeout=1000; PRAGMA temp_store=FILE; PRAGMA mmap_size=0;";
    private const string Writing = Common +
        "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=16777216; PRAGMA cache_size=-4000;";
    private const string Reading = Common + "PRAGMA query_only=1; PRAGMA cache_size=-1000;";

    public static Session Open(string path, SqliteUse use)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        return Open(connection, use == SqliteUse.Read ? Reading : Writing);
    }

    /// <summary>Opens a file on a volume that cannot be written; without a log it is taken to change no more.</summary>
    public static Session OpenUnwritable(string path)
    {
        var suffix = File.Exists(path + "-wal") ? "" : "?immutable=1";
        return Open(new($"Data Source=file:{Uri.EscapeDataString(path)}{suffix};Mode=ReadOnly;Pooling=False"), Reading);
    }

    /// <summary>Creates a file that is ready for its schema.</summary>
    public static Session Create(string path)
    {
        var session = Open(new($"Data Source={path};Mode=ReadWriteCreate;Pooling=False"), Writing);
        session.Script($"PRAGMA application_id={SqliteFiles.ApplicationId};");
        return session;
    }

    /// <summary>Switches to a write-ahead log and makes sure that it is so: some volumes cannot.</summary>
    public static void RequireLog(Session session, string path)
    {
        if (session.Text("PRAGMA journal_mode=WAL") != "wal")
        {
            throw new StoreException(StoreFailure.NotWritable, $"The volume of {path} does not support a write-ahead log.",
                "Keep the data directory on a local disk, not on a network or shared folder.");
        }
    }

    private static Session Open(SqliteConnection connection, string settings)
    {
        try
        {
            connection.Open();
            var session = new Session(connection);
            session.Script(settings);
            return session;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw SqliteFailure.Of(e.SqliteErrorCode, e.Message);
        }
        catch (StoreException)
        {
            connection.Dispose();
            throw;
        }
    }
}
