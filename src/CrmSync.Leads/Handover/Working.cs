namespace CrmSync.Leads.Handover;

/// <summary>After acceptance the stage follows the work: SQL by its gate, then the deal. What a person took back stays so.</summary>
internal static class Working
{
    public static HandoverMove Next(in Turn turn, Episode episode)
    {
        var (assessment, order, stage) = (turn.Assessment, turn.Policy.Order, turn.Stage);
        if (IsSentBack(turn))
        {
            var recycled = episode with { CoolOffUntil = turn.Now + turn.Policy.CoolOff, EndedStage = stage };
            return turn.End(recycled, HandoverState.Recycled);
        }
        episode = episode with { DealSeen = episode.DealSeen || assessment.DealOpen };
        LifecycleStage? next = assessment switch
        {
            { DealWon: true } => LifecycleStage.Customer,
            { DealOpen: true } => LifecycleStage.Opportunity,
            { SalesQualified: true } => LifecycleStage.SalesQualified,
            _ => null,
        };
        var outcome = Outcome(episode, assessment);
        if (outcome == EpisodeOutcome.Lost)
            return turn.To(episode with { Outcome = outcome, EndedAt = turn.Now, EndedStage = stage }, stage);
        if (outcome != episode.Outcome)
            episode = episode with { Outcome = outcome, EndedAt = outcome == EpisodeOutcome.Won ? turn.Now : null, EndedStage = null };
        return next is { } to && order.IsBefore(stage, to) && !IsTakenBack(turn, to)
            ? turn.To(episode, to)
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

    /// <summary>A person put the lead back to before sales had it: not ready now, and marketing's again.</summary>
    private static bool IsSentBack(in Turn turn) =>
        turn.Subject is { TakenBackFrom: not null, StageByAutomation: false } && !turn.Policy.Order.IsDecided(turn.Stage)
        && turn.Policy.Order.IsBefore(turn.Stage, LifecycleStage.SalesQualified);

    private static bool IsTakenBack(in Turn turn, LifecycleStage to) =>
        turn.Subject.TakenBackFrom is { } from && !turn.Policy.Order.IsBefore(from, to);
}
