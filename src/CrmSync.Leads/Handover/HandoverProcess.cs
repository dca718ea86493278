namespace CrmSync.Leads.Handover;

/// <summary>
/// The hand-over as a pure function: what a lead's episode becomes, given what the rules say, what people answered, asked
/// for and did, and what time it is. It takes at most one step a call; the next pass takes the next.
/// </summary>
public static class HandoverProcess
{
    /// <exception cref="InvalidOperationException">The step would leave the table: a fault of the process.</exception>
    public static HandoverMove Next(HandoverSubject subject, LeadAssessment assessment, HandoverPolicy policy, DateTimeOffset now)
    {
        if (subject.Stage is not { } stage)
            return new(null, null, null, subject.Episode);
        var situation = new Situation(subject, stage, assessment, policy, now);
        var move = subject.Episode is { State: HandoverState.AwaitingDecision } offer ? Awaiting.Next(situation, offer) : NotOffered(situation);
        if (move.Step is { } step && !HandoverTable.Allows(subject.Episode, step.Episode))
            throw new InvalidOperationException($"The hand-over has no way from {subject.Episode?.State.ToString() ?? "nothing"} to {step.Episode.State}.");
        return RefusedRequests.Of(situation, move) is { } refusal ? move with { Refused = refusal } : move;
    }

    private static HandoverMove NotOffered(in Situation situation)
    {
        var late = LateAnswer.Next(situation, situation.Subject.Episode);
        if (late is { Step: not null })
            return late;
        var move = ByItself(situation, late?.Episode ?? situation.Subject.Episode);
        return late is null || move.Step is not null
            ? move
            : move with
            {
                Notices = [.. late.Notices, .. move.Notices],
                Suppressed = move.Suppressed ?? late.Suppressed,
                LookAgainAt = move.LookAgainAt is null || late.LookAgainAt < move.LookAgainAt ? late.LookAgainAt ?? move.LookAgainAt : move.LookAgainAt,
            };
    }

    private static HandoverMove ByItself(in Situation situation, Episode? episode) => episode switch
    {
        { State: HandoverState.Held or HandoverState.Returned } waiting => Waiting.Next(situation, waiting),
        // A deal that was lost and is open again goes on where it was.
        { } accepted when accepted.State.IsAccepted() && (!accepted.IsOver || situation.Assessment.DealOpen || situation.Assessment.DealWon) => Working.Next(situation, accepted),
        var closed => Entry.Next(situation, closed),
    };
}
