namespace CrmSync.Leads.Handover;

/// <summary>After acceptance the stage follows the work: SQL by its gate, then the deal. What a person took back stays so.</summary>
internal static class Working
{
    public static HandoverMove Next(in Situation situation, Episode episode)
    {
        var (assessment, order, stage) = (situation.Assessment, situation.Policy.Order, situation.Stage);
        if (IsSentBack(situation))
        {
            var recycled = episode with { CoolOffUntil = situation.Now + situation.Policy.CoolOff.Other, EndedStage = stage };
            return situation.End(recycled, HandoverState.Recycled);
        }
        episode = episode with { DealSeen = episode.DealSeen || assessment.DealOpen || assessment.IsDeal };
        LifecycleStage? next = assessment switch
        {
            { DealWon: true } => LifecycleStage.Customer,
            { DealOpen: true } => LifecycleStage.Opportunity,
            { SalesQualified: true } => LifecycleStage.SalesQualified,
            _ => null,
        };
        var outcome = Outcome(episode, assessment);
        if (outcome == EpisodeOutcome.Lost)
            return situation.To(episode with { Outcome = outcome, EndedAt = situation.Now, EndedStage = stage }, stage);
        if (outcome != episode.Outcome)
            episode = episode with { Outcome = outcome, EndedAt = outcome == EpisodeOutcome.Won ? WonAt(situation) : null, EndedStage = null };
        return next is { } to && order.IsBefore(stage, to) && !IsTakenBack(situation, to)
            ? situation.To(episode, to)
            : new(null, null, null, episode);
    }

    /// <summary>What was won stays won, whatever is tried with the customer next.</summary>
    private static EpisodeOutcome Outcome(Episode episode, LeadAssessment assessment) => assessment switch
    {
        { DealWon: true } => EpisodeOutcome.Won,
        _ when episode.Outcome == EpisodeOutcome.Won => EpisodeOutcome.Won,
        { NoDealLeft: true } when episode.DealSeen => EpisodeOutcome.Lost,
        _ => EpisodeOutcome.Open,
    };

    /// <summary>Where others made it a customer, when they did.</summary>
    private static DateTimeOffset WonAt(in Situation situation) =>
        situation.Stage == LifecycleStage.Customer && situation.Subject.ForeignStageAt is { } at && at < situation.Now ? at : situation.Now;

    /// <summary>A person put the lead back to before sales had it: not ready now, and marketing's again.</summary>
    private static bool IsSentBack(in Situation situation) =>
        situation.Subject is { TakenBackFrom: not null, StageByAutomation: false } && !situation.Policy.Order.IsDecided(situation.Stage)
        && situation.Policy.Order.IsBefore(situation.Stage, LifecycleStage.SalesQualified);

    private static bool IsTakenBack(in Situation situation, LifecycleStage to) =>
        situation.Subject.TakenBackFrom is { } from && !situation.Policy.Order.IsBefore(from, to);
}
