namespace CrmSync.Leads.Handover;

/// <summary>Marketing does not agree with a rejection: sales is asked once more.</summary>
internal static class Disputes
{
    /// <summary>Why a rejection may not be disputed; null: it may.</summary>
    public static RequestRefusal? Refusal(in Situation situation, Episode rejected) =>
        rejected.DecidedAt is not { } decided || situation.Now > situation.Policy.DisputeUntil(decided) ? RequestRefusal.TooLate
        : rejected.DisputedAt is not null ? RequestRefusal.DisputedBefore
        : situation.IsWithSales(rejected) ? RequestRefusal.WithSales
        : null;

    /// <summary>Offers it anew, and tells the named owner where there is one.</summary>
    public static HandoverMove Ask(in Situation situation, Episode rejected)
    {
        // What stands against the lead at that moment is what marketing asks in spite of.
        var asked = rejected with { CorrectedFrom = rejected.FirstDecision(), DisputedAt = situation.Now, BlockedAtOffer = situation.Assessment.Blocked };
        var again = situation.Offer(asked);
        if (situation.Policy.EscalateTo is not { } named)
            return again with { Notices = [HandoverNotice.Disputed] };
        var told = again.Episode! with { EscalatedAt = situation.Now, EscalatedTo = named };
        return again with { Step = again.Step! with { Episode = told }, Episode = told, Notices = [HandoverNotice.Escalated] };
    }
}
