namespace CrmSync.Leads.Handover;

/// <summary>An admin takes an open offer back. Whoever has touched it keeps it.</summary>
public static class Withdrawal
{
    /// <summary>The step that takes the offer back; null when there is none, or somebody answered, moved the lead or closed its task.</summary>
    public static HandoverStep? Of(HandoverSubject subject, DateTimeOffset now)
    {
        if (subject is not { Stage: { } stage, Episode: { State: HandoverState.AwaitingDecision, IncompleteSince: null, TaskReopenedAt: null } offer, Answer: null, TaskCompleted: false })
            return null;
        return subject.ForeignStageAt >= offer.OfferedAt ? null : new(offer with { State = HandoverState.Withdrawn, EndedAt = now }, stage, now, StepActor.CrmSync);
    }
}
