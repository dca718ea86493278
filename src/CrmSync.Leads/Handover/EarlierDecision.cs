namespace CrmSync.Leads.Handover;

/// <summary>The first decision of an episode that was decided again: corrected by its giver, or disputed.</summary>
/// <param name="Answer">The option that was chosen; null where the acceptance was not in writing.</param>
/// <param name="At">Null where nobody observed it.</param>
public sealed record EarlierDecision(HandoverState State, string? Answer, DateTimeOffset? At, string? PersonId, RejectionReason? Reason);
