using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>What was imported of the time before.</summary>
internal static class HistoryTable
{
    private const string Insert = "INSERT INTO history(connection, lead_id, at, stage, actor, reason, origin) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING";
    private const string SelectAny = "SELECT 1 FROM history LIMIT 1";
    private const string SelectOfLead = "SELECT at, stage, actor, reason FROM history WHERE connection = ?1 AND lead_id = ?2";
    private const string SelectLeads = """
        SELECT DISTINCT h.connection, h.lead_id FROM history h WHERE (h.connection, h.lead_id) > (?1, ?2) ORDER BY h.connection, h.lead_id LIMIT ?3
        """;
    private const string SelectHasEpisodes = "SELECT 1 FROM audit WHERE lead_key = ?1 AND episode IS NOT NULL LIMIT 1";

    /// <summary>Answers how many were new.</summary>
    public static int Add(Session session, IReadOnlyList<HistoryRow> rows)
    {
        var added = 0;
        foreach (var row in rows)
            added += session.Execute(Insert, row.Connection, row.LeadId, row.At, row.Stage.ToString(), row.Actor, row.Reason, row.Origin.ToString().ToLowerInvariant());
        return added;
    }

    public static bool Any(Session session) => session.Any(SelectAny);

    /// <summary>The imported episodes of a lead that has own ones too: what came before them.</summary>
    /// <param name="until">When the first own one began.</param>
    public static IReadOnlyList<EpisodeRow> Before(Session session, string leadKey, string? connection, DateTimeOffset? until)
    {
        if (connection is null || until is null)
            return [];
        var entries = LeadTable.IdsOf(session, connection, leadKey).SelectMany(id => OfLead(session, connection, id)).Where(entry => entry.At < until);
        var rows = Fold(leadKey, entries);
        // What had not ended goes on as the first own one.
        return [.. rows.Where(row => row.AcceptedAt is not null || row.RejectedAt is not null || row.LapsedAt is not null)];
    }

    /// <summary>The imported episodes of leads without own ones, after a key; and the last key looked at, or null at the end.</summary>
    public static (List<EpisodeRow> Rows, (string Connection, string LeadId)? Last) After(Session session, (string Connection, string LeadId) after, int count)
    {
        var leads = new List<(string Connection, string LeadId)>();
        using (var rows = session.Query(SelectLeads, after.Connection, after.LeadId, count))
            while (rows.Next()) leads.Add((rows.Required(0), rows.Required(1)));
        var found = new List<EpisodeRow>();
        foreach (var (connection, leadId) in leads)
        {
            var key = LeadTable.KeyOf(session, connection, leadId);
            if (key is not null && session.Any(SelectHasEpisodes, key))
                continue;
            // Rows under all ids of a lead are one history: it is told with the first.
            List<string> ids = key is null ? [leadId] : LeadTable.IdsOf(session, connection, key);
            if (!ids.Exists(id => string.CompareOrdinal(id, leadId) < 0 && OfLead(session, connection, id).Count > 0))
                found.AddRange(Fold(key ?? $"{connection}/{leadId}", ids.SelectMany(id => OfLead(session, connection, id))));
        }
        return (found, leads.Count < count ? null : leads[^1]);
    }

    private static List<HistoryEvent> OfLead(Session session, string connection, string leadId)
    {
        using var rows = session.Query(SelectOfLead, connection, leadId);
        var entries = new List<HistoryEvent>();
        while (rows.Next())
            if (Enum.TryParse<HistoryStage>(rows.Text(1), out var stage))
                entries.Add(new(stage, rows.Instant(0)!.Value) { Connection = connection, Owner = PersonOf(rows.Required(2)), Reason = rows.Text(3) });
        return entries;
    }

    private static IReadOnlyList<EpisodeRow> Fold(string leadKey, IEnumerable<HistoryEvent> entries)
    {
        var fold = new HistoryFold(leadKey, imported: true);
        // Imported before and after it was converted, a stage stands under two ids.
        foreach (var entry in entries.DistinctBy(entry => (entry.At, entry.Stage)).OrderBy(entry => entry.At).ThenBy(entry => entry.Stage))
            fold.Add(entry);
        return fold.Episodes();
    }

    private static string? PersonOf(string actor) => actor.StartsWith("person:", StringComparison.Ordinal) ? actor["person:".Length..] : null;
}
