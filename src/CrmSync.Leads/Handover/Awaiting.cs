namespace CrmSync.Leads.Handover;

/// <summary>An open offer: the answer, or what ends it without one.</summary>
internal static class Awaiting
{
    public static HandoverMove Next(
        HandoverSubject subject, Episode offer, LifecycleStage stage, LeadAssessment assessment, HandoverPolicy policy, DateTimeOffset now)
    {
        if (subject.Answer is { ByAutomation: false } answer && IsNewer(answer, offer))
        {
            var decision = Decision.Read(answer.Value, answer.Text);
            if (Answered(decision, answer, offer, stage, subject.ForeignStageAt, policy, now) is { } step)
                return new(step, null, null, step.Episode);
            if (decision.Kind == DecisionKind.Incomplete && offer.IncompleteSince is null)
                offer = offer with { IncompleteSince = now };
        }
        return Unanswered(offer, stage, assessment, policy, now);
    }

    /// <summary>An offer empties the answer; one that the CRM dates before the offer is an old one that came back.</summary>
    private static bool IsNewer(RepAnswer answer, Episode offer) => answer.At is not { } at || at >= offer.OfferedAt;

    private static HandoverStep? Answered(
        Decision decision, RepAnswer answer, Episode offer, LifecycleStage stage, DateTimeOffset? foreignStageAt, HandoverPolicy policy, DateTimeOffset now)
    {
        var at = answer.At ?? now;
        var decided = offer with { DecidedAt = at, LastAnswer = answer.Value, IncompleteSince = null, Reason = decision.Reason };
        var actor = answer.PersonId is null ? StepActor.Unknown : StepActor.Person;
        HandoverStep Step(Episode episode, LifecycleStage to) => new(episode, to, at, actor, answer.PersonId);
        return decision.Kind switch
        {
            DecisionKind.Accept or DecisionKind.Take => Step(
                decided with { State = HandoverState.Accepted }, stage < LifecycleStage.SalesAccepted ? LifecycleStage.SalesAccepted : stage),
            DecisionKind.Return => Step(decided with { State = HandoverState.Returned }, stage),
            DecisionKind.Reject => Step(
                decided with
                {
                    State = decision.Reason == RejectionReason.NeverRelevant ? HandoverState.Disqualified : HandoverState.Rejected,
                    CoolOffUntil = policy.RestsUntil(decision.Reason!.Value, at),
                },
                // Where somebody set the stage since the offer, it stays theirs.
                foreignStageAt >= offer.OfferedAt ? stage : policy.StageOnRejected ?? stage),
            _ => null,
        };
    }

    private static HandoverMove Unanswered(
        Episode offer, LifecycleStage stage, LeadAssessment assessment, HandoverPolicy policy, DateTimeOffset now)
    {
        // Somebody moved the lead on by hand without answering: the offer is over, and no acceptance is invented.
        if (stage > LifecycleStage.MarketingQualified)
            return HandoverSteps.To(offer with { State = HandoverState.Superseded }, stage, now);
        if (assessment.Blocked)
            return HandoverSteps.To(offer with { State = HandoverState.Withdrawn }, stage, now);
        var expires = offer.DueAt is { } due ? due + policy.ExpireAfter : DateTimeOffset.MaxValue;
        if (now >= expires)
        {
            return HandoverSteps.To(
                offer with { State = HandoverState.Expired, CoolOffUntil = now + policy.CoolOff }, stage, now);
        }
        return new(null, null, expires, offer);
    }
}
