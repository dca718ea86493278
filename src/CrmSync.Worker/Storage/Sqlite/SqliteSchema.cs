namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Creates the file and brings it to the newest schema. <c>PRAGMA user_version</c> counts the migrations done.</summary>
internal static class SqliteSchema
{
    // Above this a check at every start would take too long; `check` and `audit verify` read the whole file.
    private const long MostBytesToCheck = 32 << 20;

    /// <summary>In order, never edited once released: a change is a new entry.</summary>
    private static readonly IReadOnlyList<string> Migrations = [SchemaV1.Sql, SchemaV2.Sql, SchemaV3.Sql, SchemaV4.Sql, SchemaV5.Sql];

    public static int Newest => Migrations.Count;

    /// <summary>Makes a whole file under another name first: what bears the name is never half made.</summary>
    public static void CreateIfMissing(string directory, string path)
    {
        DataDirectory.Prepare(directory);
        if (File.Exists(path)) return;
        var draft = path + ".new";
        foreach (var left in new[] { draft, draft + "-journal", draft + "-wal", draft + "-shm" }) File.Delete(left);
        using (var session = SqliteConnections.Create(draft)) Migrate(session);
        DataDirectory.MakePrivate(draft);
        File.Move(draft, path);
    }

    /// <exception cref="StoreException">Damaged, or of a newer version.</exception>
    public static void BringUpToDate(Session session, string path)
    {
        try
        {
            SqliteConnections.RequireLog(session, path);
            SqliteFiles.CheckVersion(path, Version(session), Newest);
            QuickCheck(session, path);
            Migrate(session);
            MigrationNote.Remove(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static void Migrate(Session session)
    {
        for (var version = (int)Version(session); version < Newest; version++)
            session.Script($"BEGIN IMMEDIATE; {Migrations[version]} PRAGMA user_version={version + 1}; COMMIT;");
    }

    public static long Version(Session session) => session.Number("PRAGMA user_version");

    private static void QuickCheck(Session session, string path)
    {
        if (new FileInfo(path).Length > MostBytesToCheck) return;
        if (session.Text("PRAGMA quick_check(1)") is { } found and not "ok")
            throw new StoreException(StoreFailure.Damaged, $"{path} is damaged: {found}.", "Restore a backup: crmsync restore.");
    }
}
