using SQLitePCL;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Turns what SQLite answers into what the rest of the service tells apart.</summary>
internal static class SqliteFailure
{
    private const int PrimaryCode = 0xFF;

    public static void Check(int result, sqlite3 db)
    {
        if (result != raw.SQLITE_OK) throw Of(result, db);
    }

    public static StoreException Of(int result, sqlite3 db) => Of(result, raw.sqlite3_errmsg(db).utf8_to_string());

    public static StoreException Of(int result, string detail)
    {
        var (failure, message, repair) = (result & PrimaryCode) switch
        {
            raw.SQLITE_FULL => (StoreFailure.Full, "The disk is full", "Free space on the volume of the data directory; work goes on by itself."),
            raw.SQLITE_READONLY => (StoreFailure.ReadOnly, "The store cannot be written", "Mount the volume of the data directory writable and check who owns its files."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => (StoreFailure.Locked, "Another program holds the store", "Close the program that has crmsync.db open."),
            raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => (StoreFailure.NotWritable, "The store cannot be opened", "Check who owns the data directory and its files."),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => (StoreFailure.Damaged, "The store is damaged", "Restore a backup: crmsync restore."),
            // The worker brings its file up to date when it starts: only a command that reads can meet an older one.
            raw.SQLITE_ERROR when detail.StartsWith("no such ", StringComparison.Ordinal) =>
                (StoreFailure.Damaged, "The store is of an older crmsync", "Start this crmsync once (crmsync run): it keeps a copy of the file and brings it up to date."),
            raw.SQLITE_CONSTRAINT => (StoreFailure.Conflict, "The store refuses a row", "This is a fault of the product; the log names the unit of work."),
            raw.SQLITE_IOERR => (StoreFailure.Io, "The disk failed", "Check the volume of the data directory, then start crmsync again."),
            _ => (StoreFailure.Io, "The store failed", "The log has the detail; start crmsync again."),
        };
        return new(failure, $"{message} (SQLite {result}: {detail}).", repair);
    }

    /// <summary>Whether the disk or file is at fault, so that the unit run again on its own would end the same way.</summary>
    public static bool IsOfTheDisk(Exception exception) =>
        exception is StoreException { Failure: not StoreFailure.Conflict and not StoreFailure.Overloaded and not StoreFailure.Reconnect };

    /// <summary>
    /// Whether this connection may not be trusted again: after a failed fsync the kernel may drop the pages and answer the
    /// next fsync with success.
    /// </summary>
    public static bool IsFinal(Exception exception) =>
        exception is StoreException { Failure: StoreFailure.Io or StoreFailure.Damaged };
}
