namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Leads out of circulation, with the reason.</summary>
internal static class QuarantineTable
{
    private const string Insert =
        "INSERT INTO quarantine(lead_id, reason, since, connection) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(connection, lead_id) DO UPDATE SET reason = excluded.reason";
    private const string SelectHeld = "SELECT 1 FROM quarantine WHERE connection = ?1 AND lead_id = ?2";
    private const string SelectAll =
        "SELECT connection, lead_id, reason, since FROM quarantine WHERE (?1 IS NULL OR connection = ?1) AND (?2 IS NULL OR lead_id = ?2) ORDER BY since, lead_id";
    private const string Delete = "DELETE FROM quarantine WHERE connection = ?1 AND lead_id = ?2";

    public static void Add(Session session, string connection, string leadId, string reason, DateTimeOffset at)
    {
        session.Execute(Insert, leadId, reason, at, connection);
        InboxBlocks.Set(session, connection, leadId, InboxBlocks.ByQuarantine);
    }

    public static bool Holds(Session session, string connection, string leadId) => session.Any(SelectHeld, connection, leadId);

    public static List<QuarantinedLead> List(Session session, string? connection, string? leadId = null)
    {
        using var rows = session.Query(SelectAll, connection, leadId);
        var all = new List<QuarantinedLead>();
        while (rows.Next()) all.Add(new(rows.Required(0), rows.Required(1), rows.Required(2), rows.Instant(3) ?? default));
        return all;
    }

    /// <summary>Lets a lead back in: what waits for it is looked at once, or dropped.</summary>
    public static void Remove(Session session, string connection, string leadId, bool replay, string at)
    {
        session.Execute(Delete, connection, leadId);
        InboxBlocks.Lift(session, connection, leadId, InboxBlocks.ByQuarantine);
        InboxTable.MarkDone(session, connection, leadId, long.MaxValue, at);
        if (replay) InboxTable.Raise(session, connection, leadId, "replay", at);
    }
}
