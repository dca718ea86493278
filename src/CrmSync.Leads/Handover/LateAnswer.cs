namespace CrmSync.Leads.Handover;

/// <summary>
/// An answer while no offer waits for one: its giver corrects it, a rep takes the lead, or it is explained once that there
/// was nothing to answer.
/// </summary>
internal static class LateAnswer
{
    /// <summary>Null: there is no such answer, or it was dealt with.</summary>
    public static HandoverMove? Next(in Situation situation, Episode? episode)
    {
        if (situation.Policy.StartAt is not { } start || situation.Subject.Answer is not { } answer || IsOld(answer, episode, start))
            return null;
        var decision = Decision.Read(answer.Value, answer.Text);
        if (decision.Kind == DecisionKind.Unknown)
            return null;
        if (answer.Refusal is { } refusal)
            return new(null, refusal, null, episode);
        if (episode is not null && MayCorrect(situation, episode, decision, answer))
            return Correct(situation, episode, decision, answer);
        if (decision.Kind == DecisionKind.Take && Take(situation, episode, answer) is { } taken)
            return taken;
        return situation.Subject.NoOfferExplained ? null : new(null, null, null, episode) { Notices = [HandoverNotice.NoOpenOffer] };
    }

    /// <summary>Acted on already, or given before the offer or the start that it could be about.</summary>
    private static bool IsOld(RepAnswer answer, Episode? episode, DateTimeOffset start) =>
        answer.At <= start || episode?.IsAnsweredBy(answer) == false
        || (answer.Value == episode?.LastAnswer && !(answer.At > (episode.EndedAt ?? episode.DecidedAt)));

    private static bool MayCorrect(in Situation situation, Episode episode, Decision decision, RepAnswer answer)
    {
        // Nobody has put it in writing yet: whoever does now decides.
        if (episode.State is HandoverState.AcceptedBySilence or HandoverState.AcceptedByAction)
            return decision.Kind != DecisionKind.Return && episode.Outcome == EpisodeOutcome.Open;
        if (episode.LastAnswer is null || !HandoverTable.Answered.Contains(episode.State))
            return false;
        // Counted from the first answer: a correction does not begin the time anew.
        return (answer.At ?? situation.Now) <= (episode.AnsweredAt ?? episode.DecidedAt) + situation.Policy.CorrectWithin
            && (answer.PersonId is null || episode.DecidedBy is null || answer.PersonId == episode.DecidedBy);
    }

    private static HandoverMove? Correct(in Situation situation, Episode episode, Decision decision, RepAnswer answer)
    {
        if (decision.Kind == DecisionKind.Incomplete)
            return WrittenAnswer.Wait(situation, episode);
        // "Accept" and "take it" say the same.
        if (episode.State == HandoverState.Accepted && decision.Kind is DecisionKind.Accept or DecisionKind.Take)
            return null;
        return WrittenAnswer.Decide(situation, episode with { CorrectedFrom = episode.FirstDecision() }, decision, answer);
    }

    /// <summary>A lead that waits leaves its episode first; the next call begins the rep's own.</summary>
    private static HandoverMove? Take(in Situation situation, Episode? episode, RepAnswer answer)
    {
        if (episode is { IsOver: false })
        {
            return episode.State is HandoverState.Held or HandoverState.Returned
                ? situation.End(episode, episode.State == HandoverState.Held ? HandoverState.Withdrawn : HandoverState.Expired) with { LookAgainAt = situation.Now }
                : null;
        }
        return WrittenAnswer.Decide(situation, situation.Begin(episode) with { SalesGenerated = true }, new(DecisionKind.Take), answer);
    }
}
