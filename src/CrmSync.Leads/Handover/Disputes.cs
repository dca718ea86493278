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
        var again = situation.Offer(rejected with { CorrectedFrom = rejected.FirstDecision(), DisputedAt = situation.Now });
        if (situation.Policy.EscalateTo is not { } named)
            return again with { Notices = [HandoverNotice.Disputed] };
        var told = again.Episode! with { EscalatedAt = situation.Now, EscalatedTo = named };
        return again with { Step = again.Step! with { Episode = told }, Episode = told, Notices = [HandoverNotice.Escalated] };
    }
}
