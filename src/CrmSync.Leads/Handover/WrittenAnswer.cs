namespace CrmSync.Leads.Handover;

/// <summary>What a written answer makes of an episode.</summary>
internal static class WrittenAnswer
{
    /// <summary>The answer must be a decision: not incomplete, not unknown.</summary>
    public static HandoverMove Decide(in Situation situation, Episode episode, Decision decision, RepAnswer answer)
    {
        var at = answer.At ?? situation.Now;
        var decided = episode with
        {
            DecidedAt = at,
            // What was answered before this was noted began with its last answer.
            AnsweredAt = episode.AnsweredAt ?? (episode.LastAnswer is null ? null : episode.DecidedAt) ?? at,
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
            DecisionKind.Return => (Returned(situation, episode, decided), situation.Stage),
            DecisionKind.Reject => Rejected(situation, decided, decision.Reason!.Value, at),
            _ => (decided with { State = HandoverState.Accepted }, situation.Accepted),
        };
        var actor = answer.PersonId is null ? StepActor.Unknown : StepActor.Person;
        return new(new(after, stage, at, actor, answer.PersonId), null, null, after);
    }

    /// <summary>Notes an answer that lacks its reason, and asks it back once it has had its time.</summary>
    public static HandoverMove Wait(in Situation situation, Episode episode)
    {
        var since = episode.IncompleteSince ?? situation.Now;
        var end = since + situation.Policy.IncompleteGrace;
        if (episode.IncompleteToldAt is not null)
            return new(null, null, null, episode);
        return situation.Now < end
            ? new(null, null, end, episode with { IncompleteSince = since })
            : new(null, null, null, episode with { IncompleteSince = since, IncompleteToldAt = situation.Now }) { Notices = [HandoverNotice.AnswerIncomplete] };
    }

    /// <summary>The stage that an acceptance brought stays, and whoever takes that back has not moved the lead on by it.</summary>
    private static Episode Returned(in Situation situation, Episode before, Episode decided) => decided with
    {
        State = HandoverState.Returned,
        OfferedStage = before.State.IsAccepted() ? situation.Stage : decided.OfferedStage,
    };

    private static (Episode, LifecycleStage) Rejected(in Situation situation, Episode decided, RejectionReason reason, DateTimeOffset at)
    {
        // Where somebody set the stage since the offer, it stays theirs.
        var stage = situation.Subject.ForeignStageAt >= decided.OfferedAt ? situation.Stage : situation.Policy.StageOnRejected ?? situation.Stage;
        return (decided with
        {
            State = reason == RejectionReason.NeverRelevant ? HandoverState.Disqualified : HandoverState.Rejected,
            CoolOffUntil = situation.Policy.CoolOff.Until(reason, at),
            EndedAt = at,
            EndedStage = stage,
        }, stage);
    }
}
