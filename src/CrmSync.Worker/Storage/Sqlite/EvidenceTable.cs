namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>What was seen and how it was judged: <c>evidence</c>, <c>judgements</c>, <c>rule_sets</c>.</summary>
internal static class EvidenceTable
{
    private const string InsertEvidence = """
        INSERT INTO evidence(evidence_hash, lead_key, salt, facts, findings, inputs) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT(evidence_hash) DO NOTHING
        """;
    private const string InsertJudgement = "INSERT INTO judgements(lead_key, judged_at, evidence_hash, verdict) VALUES(?1, ?2, ?3, ?4)";
    private const string InsertRuleSet =
        "INSERT INTO rule_sets(hash, body, engine_version) VALUES(?1, ?2, ?3) ON CONFLICT(hash) DO NOTHING";
    private const string SelectLatest = """
        SELECT e.evidence_hash, e.lead_key, e.salt, e.facts, e.findings, e.inputs
        FROM judgements j JOIN evidence e ON e.evidence_hash = j.evidence_hash
        WHERE j.lead_key = ?1 ORDER BY j.judged_at DESC, j.rowid DESC LIMIT 1
        """;

    private const string SelectJudgement = """
        SELECT j.verdict, r.hash, r.body FROM judgements j LEFT JOIN rule_sets r ON r.hash = (
            SELECT a.rule_set_hash FROM audit a WHERE a.kind = 'RuleSetLoaded' AND a.at <= j.judged_at ORDER BY a.sequence DESC LIMIT 1)
        WHERE j.lead_key = ?1 ORDER BY j.judged_at DESC, j.rowid DESC LIMIT 1
        """;

    private const string SelectOne = "SELECT evidence_hash, lead_key, salt, facts, findings, inputs FROM evidence WHERE evidence_hash = ?1";

    private const string SelectAfter = """
        SELECT evidence_hash, lead_key, salt, facts, findings, inputs FROM evidence WHERE evidence_hash > ?1 ORDER BY evidence_hash LIMIT ?2
        """;

    private const string SelectFindings = "SELECT findings FROM evidence WHERE evidence_hash = ?1";

    // The newest judgement of each lead; SQLite takes the other columns from the row of the greatest.
    private const string SelectLatestFindings = """
        SELECT j.lead_key, e.findings, max(j.judged_at) FROM judgements j JOIN evidence e ON e.evidence_hash = j.evidence_hash
        WHERE j.lead_key > ?1 GROUP BY j.lead_key ORDER BY j.lead_key LIMIT ?2
        """;

    public static string? Findings(Session session, string hash) => session.Text(SelectFindings, hash);

    /// <summary>The latest findings of the leads after a key.</summary>
    public static List<(string LeadKey, string Findings)> LatestAfter(Session session, string leadKey, int count)
    {
        using var rows = session.Query(SelectLatestFindings, leadKey, count);
        var found = new List<(string, string)>();
        while (rows.Next()) found.Add((rows.Required(0), rows.Required(1)));
        return found;
    }

    /// <summary>Evidence in the order of its hashes.</summary>
    public static List<EvidenceRow> After(Session session, string hash, int count)
    {
        using var rows = session.Query(SelectAfter, hash, count);
        var found = new List<EvidenceRow>();
        while (rows.Next()) found.Add(Row(rows));
        return found;
    }

    public static void Save(Session session, EvidenceRow evidence) => session.Execute(
        InsertEvidence, evidence.Hash, evidence.LeadKey, evidence.Salt, evidence.Facts, evidence.Findings, evidence.Inputs);

    public static void Save(Session session, JudgementRow judgement)
    {
        session.Execute(InsertJudgement, judgement.LeadKey, judgement.JudgedAt, judgement.EvidenceHash, judgement.Verdict);
        LeadTable.SaveVerdict(session, judgement.LeadKey, judgement.Verdict);
    }

    public static void KeepRuleSet(Session session, string hash, string body, string engineVersion) =>
        session.Execute(InsertRuleSet, hash, body, engineVersion);

    /// <summary>The evidence of a lead's latest judgement.</summary>
    public static EvidenceRow? Latest(Session session, string leadKey)
    {
        using var rows = session.Query(SelectLatest, leadKey);
        return rows.Next() ? Row(rows) : null;
    }

    /// <summary>A lead's latest judgement and the rules in force then.</summary>
    public static LatestJudgement? Judged(Session session, string leadKey)
    {
        using var rows = session.Query(SelectJudgement, leadKey);
        return rows.Next() ? new(rows.Required(0), rows.Text(1), rows.Text(2)) : null;
    }

    /// <summary>Evidence by hash; what was erased is absent.</summary>
    public static Dictionary<string, EvidenceRow> Of(Session session, IEnumerable<string?> hashes)
    {
        var found = new Dictionary<string, EvidenceRow>();
        foreach (var hash in hashes.OfType<string>().Distinct())
        {
            using var rows = session.Query(SelectOne, hash);
            if (rows.Next()) found[hash] = Row(rows);
        }
        return found;
    }

    private static EvidenceRow Row(ResultRows rows) =>
        new(rows.Required(0), rows.Required(1), rows.Required(2), rows.Required(3), rows.Required(4), rows.Required(5));
}
