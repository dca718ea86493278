namespace CrmSync.Leads.Handover;

/// <summary>
/// Whether a lead without an open episode begins one: the MQL gate, a person who set MQL, or marketing's request; and
/// something newer than both the start of the connection and the last decision.
/// </summary>
internal static class Entry
{
    public static HandoverMove Next(in Turn turn, Episode? closed)
    {
        if (turn.Policy.StartAt is not { } start)
            return Nothing(turn, closed);
        if (turn.Subject.Request != MarketingRequest.Dispute || closed is not { State: HandoverState.Rejected })
            return Begin(turn, closed, start);
        if (NoDispute(turn, closed) is not { } refusal)
            return Dispute(turn, closed);
        var move = Begin(turn, closed, start);
        return move.Step is null ? move with { Suppressed = refusal } : move;
    }

    private static HandoverMove Begin(in Turn turn, Episode? closed, DateTimeOffset start)
    {
        var (subject, assessment, policy) = (turn.Subject, turn.Assessment, turn.Policy);
        if (!MayBegin(turn, closed))
            return Nothing(turn, closed);
        if (subject.Request == MarketingRequest.Send)
            return turn.Send(turn.Begin(closed));
        var setByPerson = policy.PeopleSetMql && turn.Stage == LifecycleStage.MarketingQualified
            && IsNewer(subject.PersonStageAt, closed?.EndedAt ?? closed?.DecidedAt ?? closed?.OfferedAt ?? closed?.OpenedAt);
        if (!(assessment.MarketingQualified || setByPerson)
            || !IsNewer(Latest(assessment.LatestEvidenceAt, setByPerson ? subject.PersonStageAt : null), start))
            return Nothing(turn, closed);
        if (!setByPerson && Refusal(turn, closed) is { } refusal)
            return Nothing(turn, closed) with { Suppressed = refusal };
        var episode = turn.Begin(closed);
        return assessment.MayBeOffered && subject.Request != MarketingRequest.Hold ? turn.Offer(episode) : turn.To(episode, turn.Qualified);
    }

    /// <summary>Sales does not have the lead already, unless it was there that a no or a lost sale left it.</summary>
    private static bool MayBegin(in Turn turn, Episode? closed) => !turn.Policy.Order.IsDecided(turn.Stage)
        || (closed?.EndedStage is { } left && turn.Stage != LifecycleStage.Customer && !turn.Policy.Order.IsBefore(left, turn.Stage));

    /// <summary>Why a rejection may not be disputed; null: it may.</summary>
    private static string? NoDispute(in Turn turn, Episode rejected) =>
        rejected.DecidedAt is not { } decided || turn.Now > turn.Policy.DisputeUntil(decided) ? "disputed too late"
        : rejected.DisputedAt is not null ? "disputed before"
        : null;

    /// <summary>Asks sales once more, and tells the named owner.</summary>
    private static HandoverMove Dispute(in Turn turn, Episode rejected)
    {
        var first = rejected.CorrectedFrom ?? new(rejected.State, rejected.LastAnswer, rejected.DecidedAt, rejected.DecidedBy, rejected.Reason);
        var again = turn.Offer(rejected with { CorrectedFrom = first, DisputedAt = turn.Now });
        var told = again.Episode! with { EscalatedAt = turn.Now };
        return again with { Step = again.Step! with { Episode = told }, Episode = told, Notices = [HandoverNotice.Escalated] };
    }

    /// <summary>Why a qualified lead may not come back yet; null: it may.</summary>
    private static string? Refusal(in Turn turn, Episode? closed)
    {
        var (subject, assessment) = (turn.Subject, turn.Assessment);
        // A person took the lead back below MQL: only something newer may lift it again.
        if (turn.Policy.Order.IsBefore(turn.Stage, LifecycleStage.MarketingQualified)
            && subject.ForeignStageAt is { } foreign && !IsNewer(assessment.LatestEvidenceAt, foreign))
            return "a person set the stage, and nothing newer happened";
        if (subject.SettledUpTo is { } settled && !IsNewer(assessment.LatestEvidenceAt, settled))
            return "the rules changed, and nothing newer happened";
        if (closed is null || (closed.HeldBack && subject.Request != MarketingRequest.Hold))
            return null;
        if (closed.CoolOffUntil == DateTimeOffset.MaxValue)
            return "never relevant";
        if (assessment.HandRaise && IsNewer(assessment.HandRaisedAt, Ended(closed)))
            return null;
        if (closed.CoolOffUntil is { } rest && turn.Now < rest)
            return "cool-off";
        return IsNewer(assessment.LatestEvidenceAt, Ended(closed)) ? null : "no newer evidence";
    }

    /// <summary>The last thing that people, or their silence, said of it.</summary>
    private static DateTimeOffset Ended(Episode closed) =>
        (closed.State == HandoverState.Recycled || closed.Outcome == EpisodeOutcome.Lost ? closed.EndedAt : null)
        ?? closed.DecidedAt ?? closed.DueAt ?? closed.OpenedAt;

    private static HandoverMove Nothing(in Turn turn, Episode? closed)
    {
        var rests = turn.Assessment.MarketingQualified && closed?.CoolOffUntil is { } rest && rest > turn.Now && rest < DateTimeOffset.MaxValue;
        return new(null, null, rests ? closed!.CoolOffUntil : null, closed);
    }

    private static bool IsNewer(DateTimeOffset? instant, DateTimeOffset? than) => instant is { } i && (than is not { } t || i > t);

    private static DateTimeOffset? Latest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}
