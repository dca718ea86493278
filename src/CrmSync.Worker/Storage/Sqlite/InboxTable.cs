namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Entries coming in and going out; which lead may be taken is <see cref="InboxClaims"/>' affair.</summary>
internal static class InboxTable
{
    /// <summary>The waiting entries of a lead, as far as filed. Named, because the planner prefers an index of many rows here.</summary>
    public const string OfLead =
        "inbox INDEXED BY inbox_leads WHERE connection = ?1 AND lead_id = ?2 AND done_at IS NULL AND head IS NOT NULL";

    private const string Insert =
        "INSERT INTO inbox(connection, delivery, lead_id, received_at) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(connection, delivery) DO NOTHING";
    private const string InsertDone = """
        INSERT INTO inbox(connection, delivery, lead_id, received_at, done_at, head) VALUES(?1, ?2, ?3, ?4, ?4, 0)
        ON CONFLICT(connection, delivery) DO NOTHING
        """;
    private const string Done = """
        UPDATE inbox INDEXED BY inbox_leads
        SET done_at = ?4, head = 0, claimed_by = NULL, claimed_until = NULL, not_before = NULL, blocked = NULL
        WHERE connection = ?1 AND lead_id = ?2 AND done_at IS NULL AND head IS NOT NULL AND sequence <= ?3
        """;
    private const string NewHead = $"UPDATE inbox SET head = 1 WHERE sequence = (SELECT min(sequence) FROM {OfLead}) AND head = 0";
    private const string SelectNumber = "SELECT coalesce(max(sequence), 0) + 1 FROM inbox";
    private const string SelectPending = """
        SELECT (SELECT count(*) FROM inbox INDEXED BY inbox_leads WHERE connection = ?1 AND done_at IS NULL AND head IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM quarantine WHERE connection = inbox.connection AND lead_id = inbox.lead_id))
            + (SELECT count(*) FROM inbox WHERE sequence > (SELECT sequence FROM inbox_filed) AND +connection = ?1 AND done_at IS NULL)
        """;
    private const string SelectOldest = """
        SELECT min(received_at) FROM inbox AS waiting
        WHERE connection = ?1 AND done_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM quarantine WHERE connection = waiting.connection AND lead_id = waiting.lead_id)
        """;
    // Each in a statement of its own: asked for together, the two ends cost a walk over all that lies between.
    private const string SelectSpan = "SELECT coalesce((SELECT min(sequence) FROM inbox), 0), coalesce((SELECT max(sequence) FROM inbox), 0)";
    private const string DeleteDone = "DELETE FROM inbox WHERE sequence BETWEEN ?1 AND ?2 AND done_at < ?3";

    /// <summary>Stores entries; answers how many were new and wait for a look.</summary>
    public static int Accept(Session session, string connection, IReadOnlyList<InboxEntry> entries, string at)
    {
        var stored = 0;
        foreach (var entry in entries)
        {
            if (entry.NeedsNoLook)
                AcceptDone(session, connection, entry, at);
            else
                stored += session.Execute(Insert, connection, entry.Delivery, entry.LeadId, at);
        }
        return stored;
    }

    /// <summary>Stores an entry that needs no look any more; one that came in before stays as it is.</summary>
    public static void AcceptDone(Session session, string connection, InboxEntry entry, string at) =>
        session.Execute(InsertDone, connection, entry.Delivery, entry.LeadId, at);

    /// <summary>Stores an entry of the store's own making: unlike a delivery it is never a repetition.</summary>
    public static void Raise(Session session, string connection, string leadId, string why, string at) =>
        session.Execute(Insert, connection, $"{why}/{leadId}/{session.Number(SelectNumber)}", leadId, at);

    /// <summary>Marks a lead's filed entries done up to one; what came later waits on.</summary>
    public static void MarkDone(Session session, string connection, string leadId, long upTo, string at)
    {
        if (session.Execute(Done, connection, leadId, upTo, at) > 0) session.Execute(NewHead, connection, leadId);
    }

    public static long Pending(Session session, string connection) => session.Number(SelectPending, connection);

    /// <summary>When the oldest waiting entry came in, quarantined ones left out.</summary>
    public static DateTimeOffset? Oldest(Session session, string connection)
    {
        using var rows = session.Query(SelectOldest, connection);
        return rows.Next() ? rows.Instant(0) : null;
    }

    /// <summary>
    /// The entries that may be forgotten. The last one stays whatever it is: its number is never given again, so no new
    /// entry can come to lie before <c>inbox_filed</c>.
    /// </summary>
    public static (long First, long Last) Span(Session session)
    {
        using var rows = session.Query(SelectSpan);
        return rows.Next() ? (rows.Number(0), rows.Number(1) - 1) : (0, -1);
    }

    public static int Forget(Session session, long first, long last, DateTimeOffset before) =>
        session.Execute(DeleteDone, first, last, before);
}
