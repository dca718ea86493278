namespace CrmSync.Leads.Handover;

/// <summary>What a written answer makes of an episode.</summary>
internal static class Answers
{
    /// <summary>The answer must be a decision: not incomplete, not unknown.</summary>
    public static HandoverMove Decide(in Turn turn, Episode episode, Decision decision, RepAnswer answer)
    {
        var at = answer.At ?? turn.Now;
        var decided = episode with
        {
            DecidedAt = at,
            DecidedBy = answer.PersonId,
            LastAnswer = answer.Value,
            Reason = decision.Reason,
            CoolOffUntil = null,
            EndedAt = null,
            EndedStage = null,
            IncompleteSince = null,
            IncompleteToldAt = null,
        };
        var (after, stage) = decision.Kind switch
        {
            DecisionKind.Return => (decided with { State = HandoverState.Returned }, turn.Stage),
            DecisionKind.Reject => Rejected(turn, decided, decision.Reason!.Value, at),
            _ => (decided with { State = HandoverState.Accepted }, turn.Accepted),
        };
        var actor = answer.PersonId is null ? StepActor.Unknown : StepActor.Person;
        return new(new(after, stage, at, actor, answer.PersonId), null, null, after);
    }

    /// <summary>Notes an answer that lacks its reason, and asks it back once it has had its time.</summary>
    public static HandoverMove Wait(in Turn turn, Episode episode)
    {
        var since = episode.IncompleteSince ?? turn.Now;
        var end = since + turn.Policy.IncompleteGrace;
        if (episode.IncompleteToldAt is not null)
            return new(null, null, null, episode);
        return turn.Now < end
            ? new(null, null, end, episode with { IncompleteSince = since })
            : new(null, null, null, episode with { IncompleteSince = since, IncompleteToldAt = turn.Now }) { Notices = [HandoverNotice.AnswerIncomplete] };
    }

    private static (Episode, LifecycleStage) Rejected(in Turn turn, Episode decided, RejectionReason reason, DateTimeOffset at)
    {
        // Where somebody set the stage since the offer, it stays theirs.
        var stage = turn.Subject.ForeignStageAt >= decided.OfferedAt ? turn.Stage : turn.Policy.StageOnRejected ?? turn.Stage;
        return (decided with
        {
            State = reason == RejectionReason.NeverRelevant ? HandoverState.Disqualified : HandoverState.Rejected,
            CoolOffUntil = turn.Policy.RestsUntil(reason, at),
            EndedAt = at,
            EndedStage = stage,
        }, stage);
    }
}
