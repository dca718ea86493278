namespace CrmSync.Leads.Handover;

/// <summary>How the process words a step.</summary>
internal static class HandoverSteps
{
    /// <summary>The episode with an offer made now.</summary>
    public static Episode Offer(Episode episode, LeadAssessment assessment, HandoverPolicy policy, DateTimeOffset now) => episode with
    {
        State = HandoverState.AwaitingDecision,
        OfferedAt = now,
        DueAt = policy.DueAt(now, assessment.HandRaise),
        IncompleteSince = null,
    };

    /// <summary>MQL, or the later stage the lead has already.</summary>
    public static LifecycleStage Qualified(LifecycleStage stage) =>
        stage < LifecycleStage.MarketingQualified ? LifecycleStage.MarketingQualified : stage;

    /// <summary>A step that the product takes by itself.</summary>
    public static HandoverMove To(Episode episode, LifecycleStage stage, DateTimeOffset at) =>
        new(new(episode, stage, at, StepActor.CrmSync), null, null, episode);
}
