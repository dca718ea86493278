namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Why the waiting entries of a lead are not to be taken, marked on its head until that ends.</summary>
internal static class InboxBlocks
{
    public const string ByQuarantine = "quarantine";
    public const string ByIntent = "intent";

    private const string Block =
        "UPDATE inbox SET blocked = ?3, claimed_by = NULL, claimed_until = NULL, not_before = NULL WHERE connection = ?1 AND lead_id = ?2 AND done_at IS NULL AND head = 1";
    private const string Unblock =
        "UPDATE inbox SET blocked = NULL WHERE connection = ?1 AND lead_id = ?2 AND done_at IS NULL AND head = 1 AND blocked = ?3";

    public static void Set(Session session, string connection, string leadId, string why) =>
        session.Execute(Block, connection, leadId, why);

    public static void Lift(Session session, string connection, string leadId, string why) =>
        session.Execute(Unblock, connection, leadId, why);
}
