namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>The view <c>transitions</c>, page by page.</summary>
internal static class TransitionQuery
{
    private const string Select = """
        SELECT sequence, transition_id, connection, lead_id, lead_key, episode, from_stage, to_stage, handover_state, decided_at, applied_at, actor,
            rule_set_hash, outcome FROM transitions WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
        """;

    public static List<TransitionRow> After(Session session, long sequence, int count)
    {
        using var rows = session.Query(Select, sequence, count);
        var found = new List<TransitionRow>();
        while (rows.Next())
            found.Add(new(
                rows.Number(0), rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4), rows.Text(5) is null ? null : rows.Number(5), rows.Text(6), rows.Text(7),
                rows.Text(8), rows.Text(9), rows.Text(10), rows.Required(11), rows.Text(12), rows.Required(13)));
        return found;
    }
}
