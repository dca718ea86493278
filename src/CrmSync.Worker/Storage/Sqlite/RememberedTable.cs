namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Single values: cursors of streams, and what a connection or the whole store remembers by name.</summary>
internal static class RememberedTable
{
    /// <summary>Name of <see cref="ISyncStore.StoreId"/>; a restore remembers another one under it.</summary>
    public const string StoreIdName = "store-id";

    /// <summary>Name of how often the store was opened by the one that holds it.</summary>
    public const string EpochName = "lease-epoch";

    /// <summary>Names of the ids before it, and of when and by what a restore was noticed.</summary>
    public const string FormerIdsName = "former-store-ids";
    public const string RestoredName = "restored";

    private const string SelectPosition = "SELECT position FROM cursors WHERE connection = ?1 AND stream = ?2";
    private const string UpsertPosition = """
        INSERT INTO cursors(connection, stream, position) VALUES(?1, ?2, ?3)
        ON CONFLICT(connection, stream) DO UPDATE SET position = excluded.position
        """;
    private const string SelectValue = "SELECT value FROM remembered WHERE connection = ?1 AND name = ?2";
    private const string UpsertValue = """
        INSERT INTO remembered(connection, name, value) VALUES(?1, ?2, ?3)
        ON CONFLICT(connection, name) DO UPDATE SET value = excluded.value
        """;
    private const string DeleteSweeps = "DELETE FROM remembered WHERE name IN ('sweep-started', 'sweep-ended')";
    private const string DeleteSweepPlaces = "DELETE FROM cursors WHERE stream IN ('sweep', 'sweep-behind')";
    private const string DeleteValue = "DELETE FROM remembered WHERE connection = ?1 AND name = ?2";

    public static string? Position(Session session, string connection, string stream) =>
        session.Text(SelectPosition, connection, stream);

    public static void Move(Session session, string connection, string stream, string? position) =>
        session.Execute(UpsertPosition, connection, stream, position);

    public static string? Value(Session session, string connection, string name) => session.Text(SelectValue, connection, name);

    /// <summary>As if no sweep had been: the next one begins at once, and at the beginning.</summary>
    public static void SweepAnew(Session session)
    {
        session.Execute(DeleteSweeps);
        session.Execute(DeleteSweepPlaces);
    }

    public static void Set(Session session, string connection, string name, string? value)
    {
        if (value is null) session.Execute(DeleteValue, connection, name);
        else session.Execute(UpsertValue, connection, name, value);
    }
}
