using CrmSync.Adapters;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Brakes;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// A judged lead in two readings: <paramref name="Watched"/> if nothing may be done, <see cref="Moved"/> with the step it
/// would take.
/// </summary>
/// <param name="Move">Null when it takes no step. Worded when asked for: an offer only once it is known for whom.</param>
internal readonly record struct JudgedLead(LeadPass Watched, Lazy<LeadPass>? Move, bool IsOwnMove)
{
    public LeadPass? Moved => Move?.Value;

    /// <summary>Set when the step is an offer: it wants somebody to go to.</summary>
    public UnassignedOffer? Offer { get; init; }

    /// <summary>Set when the step lets the lead into the hand-over, or on from being held: pilot and offer brake are asked.</summary>
    public OfferWish? Wish { get; init; }

    /// <summary>The lead judged anew as one that a brake keeps from being offered; set with <see cref="Wish"/>.</summary>
    public Func<HeldBack, JudgedLead>? Instead { get; init; }

    /// <summary>Set where marketing asked for the step: the pass that answers, if a pilot leaves the lead out, that it is not taken.</summary>
    public Func<LeadPass>? Refused { get; init; }

    /// <summary>Nothing is done, and why is remembered; marketing, if it asked, is told.</summary>
    public JudgedLead LeftAlone(HeldBack held)
    {
        LeadPass With(LeadPass pass) => pass with { Lead = pass.Lead! with { Memory = pass.Lead.Memory with { BrakeHold = held } } };
        return new(With(Watched), Refused is { } refused ? new(() => With(refused())) : null, false);
    }
}

/// <summary>An offer that is in nobody's hands yet. <paramref name="To"/> is the pass that puts it into somebody's.</summary>
internal sealed record UnassignedOffer(CrmLead Crm, HandoverStep Step, Assessed Assessed, Func<Assignment, LeadPass> To);
