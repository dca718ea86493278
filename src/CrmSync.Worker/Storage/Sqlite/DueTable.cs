namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>When to look at a lead again although nothing changed. One row a lead, under the id it was last seen by.</summary>
internal static class DueTable
{
    private const string DeleteId = "DELETE FROM due WHERE connection = ?1 AND lead_id = ?2";
    private const string DeleteKey = "DELETE FROM due WHERE lead_key = ?1";
    private const string Insert = "INSERT INTO due(connection, lead_id, due_at, lead_key) VALUES(?1, ?2, ?3, ?4)";
    private const string SelectDue = "SELECT lead_id FROM due WHERE connection = ?1 AND due_at <= ?2 ORDER BY due_at, lead_id LIMIT ?3";
    private const string SelectNext = "SELECT min(due_at) FROM due WHERE connection = ?1";

    public static void Replace(Session session, string connection, string leadId, string? leadKey, DateTimeOffset? dueAt)
    {
        session.Execute(DeleteId, connection, leadId);
        if (leadKey is not null) session.Execute(DeleteKey, leadKey);
        if (dueAt is { } due) session.Execute(Insert, connection, leadId, Up(due), leadKey);
    }

    /// <summary>
    /// To the whole millisecond that a row keeps. Cut off, an instant just behind the edge of a window would ring on the edge, where nothing has changed yet.
    /// </summary>
    private static DateTimeOffset Up(DateTimeOffset due)
    {
        var over = due.UtcTicks % TimeSpan.TicksPerMillisecond;
        return over == 0 || due > DateTimeOffset.MaxValue.AddMilliseconds(-1) ? due : due.AddTicks(TimeSpan.TicksPerMillisecond - over);
    }

    /// <summary>Moves up to a number of due rows into the inbox; answers how many.</summary>
    public static int Ring(Session session, string connection, DateTimeOffset upTo, string received, int count)
    {
        var leadIds = Due(session, connection, upTo, count);
        foreach (var leadId in leadIds)
        {
            InboxTable.Raise(session, connection, leadId, "due", received);
            session.Execute(DeleteId, connection, leadId);
        }
        return leadIds.Count;
    }

    public static DateTimeOffset? Next(Session session, string connection)
    {
        using var rows = session.Query(SelectNext, connection);
        return rows.Next() ? rows.Instant(0) : null;
    }

    private static List<string> Due(Session session, string connection, DateTimeOffset at, int count)
    {
        using var rows = session.Query(SelectDue, connection, at, count);
        var leadIds = new List<string>();
        while (rows.Next()) leadIds.Add(rows.Required(0));
        return leadIds;
    }
}
