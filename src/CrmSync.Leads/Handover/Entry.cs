namespace CrmSync.Leads.Handover;

/// <summary>
/// Whether a lead without an open episode begins one: the MQL gate, a person or a workflow that set MQL, or marketing's request; and
/// something newer than both the start of the connection and the last decision.
/// </summary>
internal static class Entry
{
    public static HandoverMove Next(in Situation situation, Episode? closed)
    {
        if (situation.Policy.StartAt is not { } start)
            return Nothing(situation, closed);
        if (situation.Subject.Request != MarketingRequest.Dispute || closed is not { State: HandoverState.Rejected })
            return Begin(situation, closed, start);
        if (Disputes.Refusal(situation, closed) is not { } refusal)
            return Disputes.Ask(situation, closed);
        var move = Begin(situation, closed, start);
        return move.Step is not null ? move : move with
        {
            Suppressed = refusal switch
            {
                RequestRefusal.TooLate => "disputed too late",
                RequestRefusal.DisputedBefore => "disputed before",
                _ => move.Suppressed,
            },
        };
    }

    private static HandoverMove Begin(in Situation situation, Episode? closed, DateTimeOffset start)
    {
        var (subject, assessment, policy) = (situation.Subject, situation.Assessment, situation.Policy);
        if (situation.IsWithSales(closed))
            return Nothing(situation, closed);
        if (subject.Request == MarketingRequest.Send)
            return situation.Send(situation.Begin(closed));
        var setByPerson = policy.PeopleSetMql && situation.Stage == LifecycleStage.MarketingQualified
            && IsNewer(subject.PersonStageAt, closed?.EndedAt ?? closed?.DecidedAt ?? closed?.OfferedAt ?? closed?.OpenedAt);
        var setByWorkflow = SetByWorkflow(situation);
        var evidence = Latest(assessment.LatestEvidenceAt, setByWorkflow);
        if (!(assessment.MarketingQualified || setByPerson || setByWorkflow is not null)
            || !IsNewer(Latest(evidence, setByPerson ? subject.PersonStageAt : null), start))
            return Nothing(situation, closed);
        if (!setByPerson && Refusal(situation, closed, evidence) is { } refusal)
            return Nothing(situation, closed) with { Suppressed = refusal };
        var episode = situation.Begin(closed);
        return assessment.MayBeOffered && subject.Request != MarketingRequest.Hold ? situation.Offer(episode) : situation.To(episode, situation.Qualified);
    }

    /// <summary>Why a qualified lead may not come back yet; null: it may.</summary>
    private static string? Refusal(in Situation situation, Episode? closed, DateTimeOffset? evidence)
    {
        var (subject, assessment) = (situation.Subject, situation.Assessment);
        // A person took the lead back below MQL: only something newer may lift it again.
        if (situation.Policy.Order.IsBefore(situation.Stage, LifecycleStage.MarketingQualified)
            && subject.ForeignStageAt is { } foreign && !IsNewer(evidence, foreign))
            return "a person set the stage, and nothing newer happened";
        if (subject.SettledUpTo is { } settled && !IsNewer(evidence, settled))
            return "the rules changed, and nothing newer happened";
        if (closed is null || (closed.OnHold && subject.Request != MarketingRequest.Hold))
            return null;
        if (closed.CoolOffUntil == DateTimeOffset.MaxValue)
            return "never relevant";
        if (assessment.HandRaise && IsNewer(assessment.HandRaisedAt, closed.SettledAt))
            return null;
        if (closed.CoolOffUntil is { } rest && situation.Now < rest)
            return "cool-off";
        return IsNewer(evidence, closed.SettledAt) ? null : "no newer evidence";
    }

    private static HandoverMove Nothing(in Situation situation, Episode? closed)
    {
        var rests = (situation.Assessment.MarketingQualified || SetByWorkflow(situation) is not null) && closed?.CoolOffUntil is { } rest && rest > situation.Now && rest < DateTimeOffset.MaxValue;
        return new(null, null, rests ? closed!.CoolOffUntil : null, closed);
    }

    /// <summary>When a workflow or a list said that the lead is the MQL that it is; null where none did, or rules alone may.</summary>
    private static DateTimeOffset? SetByWorkflow(in Situation situation) =>
        situation.Policy.PeopleSetMql && situation.Stage == LifecycleStage.MarketingQualified ? situation.Subject.WorkflowStageAt : null;

    private static bool IsNewer(DateTimeOffset? instant, DateTimeOffset? than) => instant is { } i && (than is not { } t || i > t);

    private static DateTimeOffset? Latest(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b : a;
}
