using static CrmSync.Leads.Handover.HandoverState;

namespace CrmSync.Leads.Handover;

/// <summary>Which hand-over state may follow which. Every step of <see cref="HandoverProcess"/> is held against it.</summary>
public static class HandoverTable
{
    /// <summary>How an episode begins. Accepted: a rep took a lead that nobody had offered.</summary>
    public static IReadOnlyList<HandoverState> Begins { get; } = [AwaitingDecision, Held, Accepted];

    /// <summary>
    /// What may follow within an episode. A state that follows itself lets the stage or the outcome move on; an open offer, that it
    /// goes to the next person.
    /// </summary>
    public static IReadOnlyDictionary<HandoverState, IReadOnlyList<HandoverState>> Follows { get; } =
        new Dictionary<HandoverState, IReadOnlyList<HandoverState>>
        {
            [Held] = [AwaitingDecision, Withdrawn],
            [AwaitingDecision] = [AwaitingDecision, Accepted, AcceptedBySilence, AcceptedByAction, Rejected, Returned, Disqualified, Expired, Superseded, Withdrawn],
            [Returned] = [AwaitingDecision, Expired],
            [Rejected] = [AwaitingDecision],
            [AcceptedBySilence] = [AcceptedBySilence, Accepted, Rejected, Recycled, Disqualified],
            [AcceptedByAction] = [AcceptedByAction, Accepted, Rejected, Recycled, Disqualified],
            [Accepted] = [Accepted, Recycled, Disqualified],
            [Disqualified] = [],
            [Expired] = [],
            [Superseded] = [],
            [Withdrawn] = [],
            [Recycled] = [],
        };

    /// <summary>What a written answer says. Its giver may change it, for a while, to any other of these.</summary>
    public static IReadOnlyList<HandoverState> Answered { get; } = [Accepted, Rejected, Returned, Disqualified];

    /// <summary>
    /// An open episode as a merge ends it. What waited for an answer, or was accepted, is superseded: the survivor's goes on, and
    /// an acceptance is superseded by an acceptance alone. What was not with sales ends as it does without a merge.
    /// </summary>
    /// <exception cref="InvalidOperationException">The table has no such end: a fault of the caller.</exception>
    public static Episode Merged(Episode open)
    {
        var ended = open with
        {
            State = open.State switch
            {
                Held => Withdrawn,
                Returned => Expired,
                _ => Superseded,
            },
        };
        return open.State.IsAccepted() || Allows(open, ended)
            ? ended
            : throw new InvalidOperationException($"A merge has no end for an episode that is {open.State}.");
    }

    /// <summary>Whether an episode may become another one, which is itself a step later or the one after it.</summary>
    public static bool Allows(Episode? before, Episode after)
    {
        if (before is null || after.Number != before.Number)
            return after.Number == (before?.Number ?? 0) + 1 && before is not { IsOver: false } && Begins.Contains(after.State);
        return Follows[before.State].Contains(after.State)
            || (after.CorrectedFrom is not null && Answered.Contains(before.State) && Answered.Contains(after.State));
    }
}
