namespace CrmSync.Chaos.Checker.History;

/// <summary>A row of the audit, its instant as written.</summary>
public sealed record AuditRow(
    long Sequence, string Kind, string? TransitionId, string? LeadKey, long? Episode, string? FromStage, string? ToStage, string? HandoverState, string? At,
    string Actor, string? RuleSetHash, string? EvidenceHash, string PreviousHash, string Hash)
{
    /// <summary>Kinds that end a decision.</summary>
    public static readonly IReadOnlySet<string> Ends = new HashSet<string> { "Applied", "Refused", "Conflict", "Superseded", "Gone" };

    public bool IsEnd => Ends.Contains(Kind);
}

public sealed record LeadRow(string LeadKey, string Connection, string LeadId);

public sealed record InboxRow(long Sequence, string Delivery, string LeadId, string ReceivedAt, string? DoneAt);

public sealed record IntentRow(string TransitionId, string Step, string State, string CreatedAt, string? SettledAt, string? Reason, string LeadId);

public sealed record EvidenceRow(string Hash, string LeadKey, string Salt, string Facts, string Findings, string Inputs);

public sealed record JudgementRow(string LeadKey, string JudgedAt, string EvidenceHash, string Verdict);

public sealed record QuarantineRow(string LeadId, string Reason, string Since);

public sealed record CursorRow(string Stream, string? Position);

/// <summary>A rule file that was in force, as it was read.</summary>
public sealed record RuleSetRow(string Hash, string Body);

/// <summary>A line of <c>anchors.jsonl</c>.</summary>
public sealed record Anchor(string At, long Sequence, string Hash);

/// <summary>The SQLite file as a stranger reads it.</summary>
public sealed record StoreTables
{
    public IReadOnlyList<AuditRow> Audit { get; init; } = [];
    public IReadOnlyList<LeadRow> Leads { get; init; } = [];

    /// <summary>Later ids of leads (merged, converted), by lead key.</summary>
    public IReadOnlyList<LeadRow> Aliases { get; init; } = [];
    public IReadOnlyList<InboxRow> Inbox { get; init; } = [];
    public IReadOnlyList<IntentRow> Intents { get; init; } = [];
    public IReadOnlyList<EvidenceRow> Evidence { get; init; } = [];
    public IReadOnlyList<JudgementRow> Judgements { get; init; } = [];
    public IReadOnlyList<QuarantineRow> Quarantine { get; init; } = [];
    public IReadOnlyList<CursorRow> Cursors { get; init; } = [];
    public IReadOnlyList<RuleSetRow> RuleSets { get; init; } = [];
    public IReadOnlyList<Anchor> Anchors { get; init; } = [];
}
