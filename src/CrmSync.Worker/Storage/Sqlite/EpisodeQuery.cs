namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Folds the transitions of each episode into its instants.</summary>
internal static class EpisodeQuery
{
    // A page is found on the index of the audit first; the view is then asked for those episodes alone.
    private const string Select = """
        WITH page AS (
            SELECT DISTINCT lead_key, episode FROM audit
            WHERE (lead_key, episode) > (?1, ?2) AND lead_key IS NOT NULL AND episode IS NOT NULL ORDER BY lead_key, episode LIMIT ?3)
        SELECT p.lead_key, p.episode, max(t.connection),
            min(CASE WHEN t.to_stage = 'MarketingQualified' AND t.from_stage IS NOT t.to_stage THEN t.decided_at END),
            min(CASE WHEN t.handover_state = 'AwaitingDecision' THEN t.decided_at END),
            min(CASE WHEN t.handover_state IN ('Accepted', 'AcceptedBySilence', 'AcceptedByAction', 'Rejected', 'Disqualified') THEN t.decided_at END),
            min(CASE WHEN t.handover_state IN ('Accepted', 'AcceptedBySilence', 'AcceptedByAction') THEN t.decided_at END),
            min(CASE WHEN t.handover_state IN ('Rejected', 'Disqualified') THEN t.decided_at END),
            min(CASE WHEN t.to_stage = 'SalesQualified' AND t.from_stage IS NOT t.to_stage THEN t.decided_at END),
            max(CASE WHEN t.to_stage = 'Customer' AND t.from_stage IS NOT t.to_stage THEN t.decided_at END),
            max(CASE WHEN t.handover_state = 'Lost' THEN t.decided_at END),
            (SELECT s.handover_state FROM transitions s
             WHERE s.lead_key = p.lead_key AND s.episode = p.episode AND s.outcome IN ('applied', 'observed') AND s.handover_state IS NOT NULL
             ORDER BY s.sequence DESC LIMIT 1)
        FROM page p LEFT JOIN transitions t
            ON t.lead_key = p.lead_key AND t.episode = p.episode AND t.outcome IN ('applied', 'observed')
        GROUP BY p.lead_key, p.episode ORDER BY p.lead_key, p.episode
        """;

    /// <summary>The episodes after one, in order of lead key and number.</summary>
    public static List<EpisodeRow> After(Session session, string leadKey, int episode, int count)
    {
        using var rows = session.Query(Select, leadKey, episode, count);
        var page = new List<EpisodeRow>(count);
        while (rows.Next()) page.Add(Row(rows));
        return page;
    }

    private static EpisodeRow Row(ResultRows rows) => new(
        rows.Required(0), (int)rows.Number(1), rows.Text(2), rows.Instant(3), rows.Instant(4), rows.Instant(5), rows.Instant(6),
        rows.Instant(7), rows.Instant(8), rows.Instant(9), rows.Instant(10), rows.Text(11));
}
