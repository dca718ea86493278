namespace CrmSync.Tests.Support;

/// <summary>A row of the audit, as far as tests ask.</summary>
internal sealed record AuditLine(
    long Sequence, string Kind, string? Transition, string? LeadKey, long? Episode, string? From, string? To, string? State, string? At, string Actor)
{
    /// <summary>In short: kind, move, state, actor.</summary>
    public override string ToString() => $"{Kind} {From}>{To} {State} {Actor}";
}
