using System.Globalization;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// In the store, as long as a migration is under way: the schema that it left, and whose copy it made. Any version of the worker that
/// finds nothing to migrate takes it out, so that it never speaks for a store that was worked on since.
/// </summary>
internal static class MigrationNote
{
    private const string Name = "migrating-from";

    /// <summary>Null: none is under way.</summary>
    public static long? Read(Session session) =>
        long.TryParse(RememberedTable.Value(session, "", Name), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    public static void Write(Session session, long version) => RememberedTable.Set(session, "", Name, version.ToString(CultureInfo.InvariantCulture));

    public static void Remove(Session session) => RememberedTable.Set(session, "", Name, null);
}
