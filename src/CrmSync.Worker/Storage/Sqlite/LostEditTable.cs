using System.Text.Json;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// Edits that a write of ours took the place of. They are few and short-lived, so they lie among the remembered values, by lead and
/// transition.
/// </summary>
internal static class LostEditTable
{
    private const string Prefix = "lost-edit/";

    // A range of the key, which is what a beginning is to an index: the character after the slash ends it.
    private const string SelectOfLead = "SELECT value FROM remembered WHERE connection = ?1 AND name >= ?2 || '/' AND name < ?2 || '0'";

    private const string SelectIsAny = "SELECT 1 FROM remembered WHERE connection = ?1 AND name >= ?2 || '/' AND name < ?2 || '0' LIMIT 1";

    /// <summary>Whether any are kept, which is seldom: then nobody need ask lead by lead.</summary>
    public static bool IsAny(Session session, string connection) => session.Any(SelectIsAny, connection, Prefix[..^1]);

    public static void Save(Session session, string connection, LostEdit edit) =>
        RememberedTable.Set(session, connection, NameOf(edit), JsonSerializer.Serialize(edit, StoreJson.Default.LostEdit));

    public static void Delete(Session session, string connection, LostEdit edit) => RememberedTable.Set(session, connection, NameOf(edit), null);

    public static List<LostEdit> OfLead(Session session, string connection, string leadId)
    {
        var edits = new List<LostEdit>();
        using var rows = session.Query(SelectOfLead, connection, Prefix + leadId);
        while (rows.Next()) edits.Add(StoreJson.Read<LostEdit>(rows.Bytes(0)));
        return edits;
    }

    private static string NameOf(LostEdit edit) => $"{Prefix}{edit.LeadId}/{edit.TransitionId}{(edit.Clears ? ".c" : "")}";
}
