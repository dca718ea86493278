namespace CrmSync.Adapters.Polling;

/// <summary>What a page leads to: the round goes on, or it is at its end, or it must begin again.</summary>
/// <param name="Next">Where it goes on; null: it does not.</param>
/// <param name="IsStuck">The CRM gives a page again: what the round has not shown yet may be anything.</param>
internal readonly record struct PollStep(PollRound? Next, bool IsStuck)
{
    public static PollStep End => default;

    public static PollStep Stuck => new(null, true);

    public static PollStep To(PollRound next) => new(next, false);

    /// <summary>The place to remember, and whether to go on from it at once. A round that is stuck leaves the place where it was, since nothing behind it was handed out for sure.</summary>
    /// <param name="seen">Up to when all changes were handed out, once the round is at its end.</param>
    public (string Position, bool More) After(PollPosition position, Func<long> seen) => IsStuck
        ? (new PollPosition(position.Seen).Write(), false)
        : (new PollPosition(Next is null ? seen() : position.Seen, Next).Write(), Next is not null);
}
