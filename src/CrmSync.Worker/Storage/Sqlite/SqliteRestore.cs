namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Puts a copy in the place of a store. Whoever calls it holds <see cref="DataLock"/>.</summary>
internal static class SqliteRestore
{
    private static readonly string[] Endings = ["", "-wal", "-shm"];

    /// <summary>
    /// Puts a verified copy in place; the store that was there is moved to a folder of its own beside it. At every instant there
    /// is a whole store, or none and both lie beside. Answers that folder; null: there was none.
    /// </summary>
    /// <exception cref="IOException">No room, or not writable: the store that was there stays.</exception>
    public static string? Put(string file, string directory, string stamp)
    {
        var path = Path.Combine(directory, DataDirectory.DatabaseName);
        var draft = path + ".restored";
        try
        {
            File.Copy(file, draft, overwrite: true);
            DataDirectory.MakePrivate(draft);
            using (var copy = new FileStream(draft, FileMode.Open, FileAccess.ReadWrite))
                copy.Flush(flushToDisk: true);
            var kept = File.Exists(path) ? DataDirectory.CreatePrivate(Path.Combine(directory, $"replaced-{stamp}")).FullName : null;
            // Its log goes with it: beside another file it would be taken for that one's.
            foreach (var ending in Endings.Where(e => File.Exists(path + e)))
                File.Move(path + ending, Path.Combine(kept ?? directory, (kept is null ? "left-" : "") + DataDirectory.DatabaseName + ending));
            File.Move(draft, path);
            return kept;
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
