using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>What a copy of a store holds.</summary>
/// <param name="Rows">Rows of its audit, all of them verified.</param>
/// <param name="Bytes">Size of the file.</param>
internal sealed record BackupContent(string File, long Schema, long Rows, string Head, long Bytes);

/// <summary>
/// Copies a store while it is worked on. A copy is made under another name, verified, put on the disk, and only then bears its
/// own: whatever bears it is whole.
/// </summary>
internal static class SqliteBackup
{
    // Compact, from one state of the store; writers go on meanwhile.
    private const string CopyInto = "VACUUM INTO ?1";

    /// <summary>Copies the store of a data directory to a file and verifies the copy, also against anchors taken before it.</summary>
    /// <exception cref="StoreException">Missing or damaged, or there is no room; what was begun is removed.</exception>
    public static async Task<BackupContent> CreateAsync(string directory, string target, IReadOnlyList<Anchor> anchors, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, DataDirectory.DatabaseName);
        if (!File.Exists(path))
            throw new StoreException(StoreFailure.Missing, $"There is no store at {path}.", "Name the worker's data directory with --data.");
        SqliteFiles.Check(path, SqliteSchema.Newest);
        var draft = target + ".part";
        try
        {
            using (var session = SqliteConnections.Open(path, SqliteUse.Write))
                Copy(session, draft);
            var content = await VerifyAsync(draft, anchors, cancellationToken);
            Keep(draft, target);
            return content with { File = target };
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>
    /// Where a migration is due: the store as it is, under a name of its schema. Without it there would be no way back. One that was
    /// broken off is gone on with, and its copy is kept: made anew it would be of a store half migrated.
    /// </summary>
    public static void BeforeMigration(Session session, string directory)
    {
        var version = SqliteSchema.Version(session);
        if (version == 0 || version >= SqliteSchema.Newest || IsCopied(session, directory))
            return;
        var target = BackupFolder.FileOfSchema(directory, version);
        DataDirectory.CreatePrivate(Path.GetDirectoryName(target)!);
        var draft = target + ".part";
        try
        {
            Copy(session, draft);
            CheckFile(draft);
            Keep(draft, target);
        }
        finally
        {
            File.Delete(draft);
        }
        MigrationNote.Write(session, version);
    }

    /// <summary>The copy that the migration under way began with is there, and whole.</summary>
    private static bool IsCopied(Session session, string directory)
    {
        if (MigrationNote.Read(session) is not { } began)
            return false;
        var copy = BackupFolder.FileOfSchema(directory, began);
        try
        {
            return File.Exists(copy) && CheckFile(copy) == began;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    /// <summary>Reads the whole of a copy: the file, and the audit's chain.</summary>
    /// <exception cref="StoreException">Damaged, or of a newer version.</exception>
    public static async Task<BackupContent> VerifyAsync(string file, IReadOnlyList<Anchor> anchors, CancellationToken cancellationToken)
    {
        var schema = CheckFile(file);
        using var session = SqliteConnections.OpenUnwritable(file);
        var verdict = await AuditVerifier.VerifyAsync(Rows(session).ToAsyncEnumerable(), anchors, cancellationToken);
        return verdict.Fault is { } fault
            ? throw new StoreException(StoreFailure.Damaged, $"The audit in {file} is not whole: row {fault.Sequence}: {fault.Message}.", "Keep the backups that there are, and look with 'crmsync audit verify'.")
            : new(file, schema, verdict.Rows, verdict.HeadHash, new FileInfo(file).Length);
    }

    private static void Copy(Session session, string draft)
    {
        File.Delete(draft);
        session.Execute(CopyInto, draft);
        DataDirectory.MakePrivate(draft);
    }

    private static long CheckFile(string file)
    {
        SqliteFiles.Check(file, SqliteSchema.Newest);
        using var session = SqliteConnections.OpenUnwritable(file);
        return session.Text("PRAGMA integrity_check(1)") is { } found and not "ok"
            ? throw new StoreException(StoreFailure.Damaged, $"{file} is damaged: {found}.", "Use another backup.")
            : SqliteSchema.Version(session);
    }

    // The copying itself leaves it to the system when the bytes reach the disk.
    private static void Keep(string draft, string target)
    {
        using (var file = new FileStream(draft, FileMode.Open, FileAccess.ReadWrite))
            file.Flush(flushToDisk: true);
        File.Move(draft, target, overwrite: true);
    }

    private static IEnumerable<AuditRow> Rows(Session session)
    {
        const int Page = 2_000;
        var page = AuditTable.After(session, 0, Page);
        while (page.Count > 0)
        {
            foreach (var row in page)
                yield return row;
            page = AuditTable.After(session, page[^1].Sequence, Page);
        }
    }
}
