using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>The numbers that watchers ask for every few seconds.</summary>
internal static class GaugeQueries
{
    private const string Intents = "SELECT state, count(*) FROM intents WHERE settled_at IS NULL GROUP BY 1 ORDER BY 1";
    private const string Quarantined = "SELECT connection, count(*) FROM quarantine GROUP BY 1";
    private const string Head = "SELECT coalesce(max(sequence), 0) FROM audit";
    private const string Transitions = """
        SELECT coalesce(l.connection, ''), coalesce(d.from_stage, e.from_stage, ''), coalesce(d.to_stage, e.to_stage, ''), lower(e.kind), count(*)
        FROM audit e
        LEFT JOIN audit d ON d.kind = 'Decided' AND d.transition_id = e.transition_id
        LEFT JOIN leads l ON l.lead_key = e.lead_key
        WHERE e.sequence > ?1 AND e.sequence <= ?2 AND e.kind IN ('Observed', 'Applied', 'Refused', 'Conflict', 'Superseded', 'Gone')
        GROUP BY 1, 2, 3, 4
        """;

    private const string Applied = """
        SELECT d.at, e.at FROM audit e JOIN audit d ON d.kind = 'Decided' AND d.transition_id = e.transition_id
        WHERE e.sequence > ?1 AND e.sequence <= ?2 AND e.kind = 'Applied'
        """;

    public static List<TimeSpan> Latencies(Session session, long since, long until)
    {
        using var rows = session.Query(Applied, since, until);
        var latencies = new List<TimeSpan>();
        while (rows.Next())
            latencies.Add(InstantText.Parse(rows.Required(1)) - InstantText.Parse(rows.Required(0)));
        return latencies;
    }

    public static StoreGauges Read(Session session, long since)
    {
        var head = session.Number(Head);
        var transitions = new List<TransitionCount>();
        using (var rows = session.Query(Transitions, since, head))
        {
            while (rows.Next())
                transitions.Add(new(rows.Required(0), rows.Required(1), rows.Required(2), rows.Required(3), rows.Number(4)));
        }
        return new(Counts(session, Intents), Counts(session, Quarantined), transitions, head);
    }

    private static Dictionary<string, long> Counts(Session session, string sql)
    {
        using var rows = session.Query(sql);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (rows.Next())
            counts.Add(rows.Required(0), rows.Number(1));
        return counts;
    }
}
