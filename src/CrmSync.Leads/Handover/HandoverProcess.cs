namespace CrmSync.Leads.Handover;

/// <summary>
/// The hand-over as a pure function: what a lead's episode becomes, given what the rules say, what a person answered and
/// what time it is. It takes at most one step a call; the next pass takes the next.
/// </summary>
public static class HandoverProcess
{
    public static HandoverMove Next(HandoverSubject subject, LeadAssessment assessment, HandoverPolicy policy, DateTimeOffset now)
    {
        if (subject.Stage is not { } stage)
            return new(null, null, null, subject.Episode);
        return subject.Episode switch
        {
            { State: HandoverState.AwaitingDecision } offer => Awaiting.Next(subject, offer, stage, assessment, policy, now),
            { State: HandoverState.Held or HandoverState.Returned } waiting => Waiting(subject, waiting, stage, assessment, policy, now),
            { } episode when episode.State.IsAccepted() => Working(subject, episode, stage, assessment, now),
            var closed => Entry.Next(subject, closed, stage, assessment, policy, now),
        };
    }

    /// <summary>Held goes on when the offer gate opens, but not by an edit of the rules alone; Returned when the missing data arrived.</summary>
    private static HandoverMove Waiting(
        HandoverSubject subject, Episode episode, LifecycleStage stage, LeadAssessment assessment, HandoverPolicy policy, DateTimeOffset now)
    {
        if (stage > LifecycleStage.MarketingQualified)
            return HandoverSteps.To(episode with { State = episode.State == HandoverState.Held ? HandoverState.Withdrawn : HandoverState.Expired }, stage, now);
        var mayGoOn = assessment.MayBeOffered && !subject.OfferOpenedByEdit && (episode.State == HandoverState.Held || assessment.FactsChanged);
        return mayGoOn && policy.StartAt is not null
            ? HandoverSteps.To(HandoverSteps.Offer(episode, assessment, policy, now), HandoverSteps.Qualified(stage), now)
            : new(null, null, null, subject.Episode);
    }

    /// <summary>After acceptance the stage follows the work: SQL by its gate, then the deal. What a person took back stays so.</summary>
    private static HandoverMove Working(HandoverSubject subject, Episode episode, LifecycleStage stage, LeadAssessment assessment, DateTimeOffset now)
    {
        LifecycleStage? next = assessment switch
        {
            { DealWon: true } when stage < LifecycleStage.Customer => LifecycleStage.Customer,
            { DealOpen: true } when stage < LifecycleStage.Opportunity => LifecycleStage.Opportunity,
            { SalesQualified: true } when stage < LifecycleStage.SalesQualified => LifecycleStage.SalesQualified,
            _ => null,
        };
        return next is { } to && !(to <= subject.TakenBackFrom)
            ? HandoverSteps.To(to == LifecycleStage.Customer ? episode with { Outcome = EpisodeOutcome.Won } : episode, to, now)
            : new(null, null, null, episode);
    }
}
