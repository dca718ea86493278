namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>The leads of a connection that we would have let in, or that people moved.</summary>
internal static class ShadowQuery
{
    private const string SelectLeads = """
        SELECT s.lead_key, l.lead_id, s.body,
            (SELECT CASE WHEN max(j.verdict = 'Offer') THEN 'Offer' WHEN max(j.verdict = 'MarketingQualified') THEN 'MarketingQualified' END
                FROM judgements j WHERE j.lead_key = s.lead_key) AS best,
            (SELECT a.to_stage FROM audit a WHERE a.lead_key = s.lead_key AND a.kind = 'Observed' ORDER BY a.sequence LIMIT 1) AS first_stage
        FROM lead_states s JOIN leads l ON l.lead_key = s.lead_key WHERE s.connection = ?1
        """;
    private const string SelectMoved = """
        SELECT DISTINCT a.lead_key FROM audit a JOIN leads l ON l.lead_key = a.lead_key
        WHERE l.connection = ?1 AND a.kind = 'Observed' AND a.from_stage IS NOT NULL AND a.from_stage IS NOT a.to_stage
        """;
    private const string Qualified = "MarketingQualified";

    public static List<ShadowLead> Read(Session session, string connection)
    {
        var moved = Moved(session, connection);
        var found = new List<(string Key, ShadowLead Lead)>();
        using (var rows = session.Query(SelectLeads, connection))
        {
            while (rows.Next())
            {
                var (key, best, first) = (rows.Required(0), rows.Text(3), rows.Text(4));
                if (best is null && first != Qualified && !moved.Contains(key)) continue;
                var memory = StoreJson.Read<LeadBody>(rows.Bytes(2)).Memory;
                found.Add((key, new(rows.Required(1), memory.OwnerId, best, first, memory.LastJudged?.NewestAct, [])));
            }
        }
        return [.. found.Select(f => moved.Contains(f.Key) ? f.Lead with { Changes = AuditTable.StageChanges(session, f.Key) } : f.Lead)];
    }

    private static HashSet<string> Moved(Session session, string connection)
    {
        using var rows = session.Query(SelectMoved, connection);
        var keys = new HashSet<string>();
        while (rows.Next()) keys.Add(rows.Required(0));
        return keys;
    }
}
