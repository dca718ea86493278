namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Files accepted entries by lead, in the order in which they came.</summary>
internal static class InboxFiling
{
    private const string SelectNew =
        "SELECT sequence, connection, lead_id, done_at IS NOT NULL FROM inbox WHERE sequence > (SELECT sequence FROM inbox_filed) ORDER BY sequence LIMIT ?1";
    private const string FileOne = $"UPDATE inbox SET head = NOT EXISTS(SELECT 1 FROM {InboxTable.OfLead}) WHERE sequence = ?3";
    private const string MoveOn = "UPDATE inbox_filed SET sequence = ?1";

    /// <summary>Files up to a number of entries; whether all are filed now.</summary>
    public static bool File(Session session, int count)
    {
        var entries = New(session, count);
        foreach (var (sequence, connection, leadId, isDone) in entries)
            if (!isDone) session.Execute(FileOne, connection, leadId, sequence);
        if (entries.Count > 0) session.Execute(MoveOn, entries[^1].Sequence);
        return entries.Count < count;
    }

    private static List<(long Sequence, string Connection, string LeadId, bool IsDone)> New(Session session, int count)
    {
        using var rows = session.Query(SelectNew, count);
        var entries = new List<(long, string, string, bool)>();
        while (rows.Next()) entries.Add((rows.Number(0), rows.Required(1), rows.Required(2), rows.Number(3) != 0));
        return entries;
    }
}
