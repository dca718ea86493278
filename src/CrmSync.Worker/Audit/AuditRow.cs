namespace CrmSync.Worker.Audit;

/// <summary>What an audit row records. Stored by name.</summary>
public enum AuditKind
{
    Observed,
    Decided,
    Applied,
    Refused,
    Conflict,
    Superseded,
    Gone,
    Suppressed,
    RuleSetLoaded,
    Erased,
    Restored,
}

/// <summary>An audit row before it has its place in the chain. All texts are ASCII without quotes or control characters.</summary>
/// <param name="At">UTC. Null: nobody observed the instant.</param>
/// <param name="Actor"><c>crmsync</c>, <c>person:&lt;id&gt;</c>, <c>automation</c> or <c>unknown</c>.</param>
public sealed record AuditDraft(
    AuditKind Kind,
    string? TransitionId,
    string? LeadKey,
    int? Episode,
    string? FromStage,
    string? ToStage,
    string? HandoverState,
    DateTimeOffset? At,
    string Actor,
    string? RuleSetHash,
    string? EvidenceHash);

/// <summary>A row of the audit as stored: texts exactly as hashed.</summary>
public sealed record AuditRow(
    long Sequence,
    string Kind,
    string? TransitionId,
    string? LeadKey,
    string? Episode,
    string? FromStage,
    string? ToStage,
    string? HandoverState,
    string? At,
    string Actor,
    string? RuleSetHash,
    string? EvidenceHash,
    string PreviousHash,
    string Hash);
