namespace CrmSync.Leads.Handover;

/// <summary>What one call of the process looks at.</summary>
internal readonly record struct Situation(
    HandoverSubject Subject, LifecycleStage Stage, LeadAssessment Assessment, HandoverPolicy Policy, DateTimeOffset Now)
{
    /// <summary>Somebody, and no automation, moved the lead to where sales has it, and beyond where the episode put it.</summary>
    public bool IsMovedOn(Episode episode) => !Subject.StageByAutomation && Policy.Order.IsDecided(Stage)
        && (episode.OfferedStage is not { } offered || Policy.Order.IsBefore(offered, Stage));

    /// <summary>Sales has the lead already, and it was not there that a no or a lost sale left it.</summary>
    public bool IsWithSales(Episode? closed) => Policy.Order.IsDecided(Stage)
        && (closed?.EndedStage is not { } left || Stage == LifecycleStage.Customer || Policy.Order.IsBefore(left, Stage));

    /// <summary>MQL, or the later stage the lead has already.</summary>
    public LifecycleStage Qualified => Policy.Order.Later(Stage, LifecycleStage.MarketingQualified);

    /// <summary>SAL, or the later stage the lead has already.</summary>
    public LifecycleStage Accepted => Policy.Order.Later(Stage, LifecycleStage.SalesAccepted);

    /// <summary>A step that the product takes by itself.</summary>
    public HandoverMove To(Episode episode, LifecycleStage stage) =>
        new(new(episode, stage, Now, StepActor.CrmSync), null, null, episode);

    /// <summary>The end of an episode that no answer brought about; the stage stays.</summary>
    public HandoverMove End(Episode episode, HandoverState state) => To(episode with { State = state, EndedAt = Now }, Stage);

    /// <summary>The episode with an offer made now.</summary>
    public HandoverMove Offer(Episode episode) => To(
        episode.Unanswered() with
        {
            State = HandoverState.AwaitingDecision, OfferedAt = Now, DueAt = Policy.DueAt(Now, Assessment.HandRaise), HandRaise = Assessment.HandRaise, OfferedStage = Qualified,
        },
        Qualified);

    /// <summary>The open offer for the next person, with a deadline of their own. That the first one passed stays noted.</summary>
    public HandoverMove Reassign(Episode offer) => To(
        offer with
        {
            DueAt = Policy.DueAt(Now, offer.HandRaise),
            BreachedAt = offer.BreachedAt ?? offer.DueAt,
            ReassignedAt = Now,
            PassedOver = offer.OwnerId,
            ToldPercent = null,
            EscalatedAt = null,
            EscalatedTo = null,
            TaskReopenedAt = null,
            TaskRemadeAt = null,
        },
        Stage);

    /// <summary>An offer that marketing asked for against the rules.</summary>
    public HandoverMove Send(Episode episode) =>
        Offer(episode with { Override = true, BlockedAtOffer = Assessment.Blocked });

    /// <summary>A new episode behind another one.</summary>
    public Episode Begin(Episode? closed) => new() { Number = (closed?.Number ?? 0) + 1, State = HandoverState.Held, OpenedAt = Now };
}
