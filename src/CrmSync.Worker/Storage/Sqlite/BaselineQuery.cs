namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>How the leads of a connection stand, counted where they lie.</summary>
internal static class BaselineQuery
{
    // Ages are told apart by the three bounds; instants compare as texts.
    private const string SelectGroups = """
        SELECT stage, owner, in_handover, decided, verdict,
            CASE WHEN since IS NULL THEN NULL WHEN since <= ?4 THEN ?7 WHEN since <= ?3 THEN ?6 WHEN since <= ?2 THEN ?5 ELSE 0 END AS age, count(*)
        FROM (SELECT s.stage, s.body ->> '$.memory.ownerId' AS owner, s.handover_state IS NOT NULL AS in_handover,
            coalesce(s.handover_state NOT IN ('Held', 'AwaitingDecision', 'Returned'), 0) AS decided, s.verdict,
            (SELECT max(a.at) FROM audit a WHERE a.lead_key = s.lead_key AND a.to_stage = s.stage AND a.from_stage IS NOT a.to_stage) AS since
            FROM lead_states s WHERE s.connection = ?1 AND coalesce(s.body ->> '$.memory.isGone', 0) = 0)
        GROUP BY 1, 2, 3, 4, 5, 6
        """;
    private const string SelectWriters = """
        SELECT CASE WHEN a.actor LIKE 'person:%' THEN 'person' ELSE a.actor END, count(*) FROM audit a JOIN leads l ON l.lead_key = a.lead_key
        WHERE l.connection = ?1 AND a.kind = 'Observed' AND a.from_stage IS NOT NULL AND a.from_stage IS NOT a.to_stage GROUP BY 1
        """;

    /// <param name="bounds">Three ages in days, the smallest first.</param>
    public static BaselineCounts Read(Session session, string connection, DateTimeOffset now, IReadOnlyList<int> bounds)
    {
        var groups = new List<BaselineGroup>();
        using (var rows = session.Query(SelectGroups, connection, now.AddDays(-bounds[0]), now.AddDays(-bounds[1]), now.AddDays(-bounds[2]), bounds[0], bounds[1], bounds[2]))
            while (rows.Next())
                groups.Add(new(rows.Text(0), rows.Text(1), rows.Number(2) != 0, rows.Number(3) != 0, rows.Text(4), rows.Text(5) is null ? null : (int)rows.Number(5), (int)rows.Number(6)));
        var writers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        using (var rows = session.Query(SelectWriters, connection))
            while (rows.Next()) writers[rows.Required(0)] = (int)rows.Number(1);
        return new(groups, writers);
    }
}
