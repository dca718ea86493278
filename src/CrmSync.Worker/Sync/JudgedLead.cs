using CrmSync.Adapters;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// A judged lead in two readings: <paramref name="Watched"/> if nothing may be done, <paramref name="Moved"/> with the
/// step it would take; null when it takes none.
/// </summary>
internal readonly record struct JudgedLead(LeadPass Watched, LeadPass? Moved, bool IsOwnMove)
{
    /// <summary>Set when the step is an offer: it wants somebody to go to.</summary>
    public UnassignedOffer? Offer { get; init; }
}

/// <summary>An offer that is in nobody's hands yet. <paramref name="To"/> is the pass that puts it into somebody's.</summary>
internal sealed record UnassignedOffer(CrmLead Crm, Assessed Assessed, Func<Assignment, LeadPass> To);
