using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>The chain. Its head is the last row, read within the transaction that appends.</summary>
internal static class AuditTable
{
    private const string Columns =
        "sequence, kind, transition_id, lead_key, episode, from_stage, to_stage, handover_state, at, actor, rule_set_hash, evidence_hash, previous_hash, hash";
    private const string SelectHead = "SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1";
    private const string Insert =
        $"INSERT INTO audit({Columns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    private const string SelectAfter = $"SELECT {Columns} FROM audit WHERE sequence > ?1 ORDER BY sequence LIMIT ?2";
    private const string SelectStageChanges = """
        SELECT kind, from_stage, to_stage, at, actor FROM audit
        WHERE lead_key = ?1 AND kind IN ('Applied', 'Observed') AND from_stage IS NOT NULL AND from_stage IS NOT to_stage ORDER BY sequence
        """;
    private const string SelectOfLead = $"SELECT {Columns} FROM audit WHERE lead_key = ?1 ORDER BY sequence";

    public static (long Sequence, string Hash) Head(Session session)
    {
        using var rows = session.Query(SelectHead);
        return rows.Next() ? (rows.Number(0), rows.Required(1)) : (0, AuditChain.Start);
    }

    public static void Append(Session session, IReadOnlyList<AuditDraft> drafts)
    {
        if (drafts.Count == 0) return;
        var (sequence, hash) = Head(session);
        foreach (var draft in drafts)
        {
            var row = AuditChain.Link(draft, sequence, hash);
            session.Execute(
                Insert, row.Sequence, row.Kind, row.TransitionId, row.LeadKey, row.Episode, row.FromStage, row.ToStage,
                row.HandoverState, row.At, row.Actor, row.RuleSetHash, row.EvidenceHash, row.PreviousHash, row.Hash);
            (sequence, hash) = (row.Sequence, row.Hash);
        }
    }

    /// <summary>One page of the chain.</summary>
    public static List<AuditRow> After(Session session, long sequence, int count)
    {
        using var rows = session.Query(SelectAfter, sequence, count);
        return All(rows);
    }

    public static List<AuditRow> OfLead(Session session, string leadKey)
    {
        using var rows = session.Query(SelectOfLead, leadKey);
        return All(rows);
    }

    /// <summary>What was written or seen of a lead's stage after its first sight, oldest first.</summary>
    public static List<StageChange> StageChanges(Session session, string leadKey)
    {
        using var rows = session.Query(SelectStageChanges, leadKey);
        var changes = new List<StageChange>();
        while (rows.Next())
            changes.Add(new(rows.Instant(3), rows.Text(1), rows.Text(2), rows.Required(4), rows.Required(0) == nameof(AuditKind.Applied)));
        return changes;
    }

    private static List<AuditRow> All(ResultRows rows)
    {
        var all = new List<AuditRow>();
        while (rows.Next()) all.Add(Row(rows));
        return all;
    }

    // A text column is read even where a number is stored: the chain is over texts.
    private static AuditRow Row(ResultRows rows) => new(
        rows.Number(0), rows.Required(1), rows.Text(2), rows.Text(3), rows.Text(4), rows.Text(5), rows.Text(6), rows.Text(7),
        rows.Text(8), rows.Required(9), rows.Text(10), rows.Text(11), rows.Required(12), rows.Required(13));
}
