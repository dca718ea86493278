namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>The counts of a summary.</summary>
internal static class SummaryQueries
{
    private const string Leads = "SELECT connection, 'leads', leads FROM lead_counts";
    private const string Stages = "SELECT connection, coalesce(stage, 'Unknown'), count(*) FROM lead_states GROUP BY 1, 2";
    private const string States =
        "SELECT connection, handover_state, count(*) FROM lead_states WHERE handover_state IS NOT NULL GROUP BY 1, 2";
    private const string Verdicts = "SELECT connection, verdict, count(*) FROM lead_states WHERE verdict IS NOT NULL GROUP BY 1, 2";
    private const string Transitions = """
        SELECT connection, from_stage || '>' || to_stage, count(*) FROM transitions
        WHERE outcome IN ('applied', 'observed') AND from_stage <> to_stage AND connection IS NOT NULL GROUP BY 1, 2
        """;
    private const string Intents = "SELECT '', state, count(*) FROM intents GROUP BY state";
    private const string Quarantined = "SELECT count(*) FROM quarantine";

    public static StoreSummary Read(Session session)
    {
        var (leads, stages, states) = (Counts(session, Leads), Counts(session, Stages), Counts(session, States));
        var (transitions, verdicts) = (Counts(session, Transitions), Counts(session, Verdicts));
        var connections = leads.ToDictionary(
            pair => pair.Key,
            pair => new ConnectionSummary(
                pair.Value["leads"], Of(stages, pair.Key), Of(states, pair.Key), Of(transitions, pair.Key), Of(verdicts, pair.Key)));
        return new(connections, Of(Counts(session, Intents), ""), session.Number(Quarantined));
    }

    public static List<string> Connections(Session session)
    {
        using var rows = session.Query(Leads);
        var names = new List<string>();
        while (rows.Next()) names.Add(rows.Required(0));
        return names;
    }

    private static Dictionary<string, SortedDictionary<string, long>> Counts(Session session, string sql)
    {
        using var rows = session.Query(sql);
        var counts = new Dictionary<string, SortedDictionary<string, long>>();
        while (rows.Next())
        {
            var connection = rows.Required(0);
            if (!counts.TryGetValue(connection, out var own)) counts.Add(connection, own = new(StringComparer.Ordinal));
            own[rows.Required(1)] = rows.Number(2);
        }
        return counts;
    }

    private static SortedDictionary<string, long> Of(Dictionary<string, SortedDictionary<string, long>> counts, string connection) =>
        counts.GetValueOrDefault(connection) ?? new(StringComparer.Ordinal);
}
