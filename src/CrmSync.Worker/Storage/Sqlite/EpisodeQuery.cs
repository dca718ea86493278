using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Folds the transitions of episodes into their rows, page by page along the index of leads.</summary>
internal static class EpisodeQuery
{
    // What became of a transition stands in another row of the same episode: both come in one walk, and nothing is looked up.
    private const string Select = """
        SELECT lead_key, episode, kind, transition_id, from_stage, to_stage, handover_state, at, evidence_hash FROM audit
        WHERE (lead_key, episode) > (?1, ?2) AND episode IS NOT NULL ORDER BY lead_key, episode, sequence LIMIT ?3
        """;
    private const string SelectBare = """
        SELECT lead_key, episode, kind, transition_id, from_stage, to_stage, handover_state, at, NULL FROM audit
        WHERE (lead_key, episode) > (?1, ?2) AND episode IS NOT NULL ORDER BY lead_key, episode, sequence LIMIT ?3
        """;
    private const string SelectOne = """
        SELECT lead_key, episode, kind, transition_id, from_stage, to_stage, handover_state, at, evidence_hash FROM audit
        WHERE lead_key = ?1 AND episode = ?2 ORDER BY sequence
        """;

    /// <summary>The episodes after a key, and the last key that was looked at; null: there are no more.</summary>
    /// <param name="bare">Their instants alone, without what stands beside the transitions.</param>
    public static (List<EpisodeRow> Rows, (string LeadKey, int Episode)? Last) After(Session session, (string LeadKey, int Episode) after, int rows, bool bare = false)
    {
        var found = new List<EpisodeRow>();
        (string LeadKey, int Episode)? last = null;
        var entries = new List<AuditEntry>();
        var read = 0;
        using (var result = session.Query(bare ? SelectBare : Select, after.LeadKey, after.Episode, rows))
        {
            while (result.Next())
            {
                var entry = AuditEntry.Of(result);
                if (entries.Count > 0 && entries[0].Key != entry.Key)
                    last = Take(session, entries, found, bare);
                entries.Add(entry);
                read++;
            }
        }
        if (read < rows)
        {
            if (entries.Count > 0)
                Take(session, entries, found, bare);
            return (found, null);
        }
        // The last one may go on in the next page.
        return last is null ? After(session, after, rows * 2, bare) : (found, last);
    }

    /// <summary>One episode; null when nothing of it was applied or observed yet.</summary>
    public static EpisodeRow? One(Session session, string leadKey, int episode)
    {
        var entries = new List<AuditEntry>();
        using (var result = session.Query(SelectOne, leadKey, episode))
            while (result.Next()) entries.Add(AuditEntry.Of(result));
        return entries.Count == 0 ? null : EpisodeEntries.Fold(session, entries);
    }

    private static (string LeadKey, int Episode) Take(Session session, List<AuditEntry> entries, List<EpisodeRow> found, bool bare)
    {
        var key = entries[0].Key;
        if (EpisodeEntries.Fold(session, entries, bare) is { } row)
            found.Add(row);
        entries.Clear();
        return key;
    }
}
