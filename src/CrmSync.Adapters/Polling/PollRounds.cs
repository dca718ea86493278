namespace CrmSync.Adapters.Polling;

/// <summary>Where a round of polls starts and ends.</summary>
internal static class PollRounds
{
    /// <summary>A round looks back over the time that a change may surface late.</summary>
    public static PollRound Begin(PollPosition position, DateTimeOffset until, TimeSpan overlap) =>
        new(until.ToUnixTimeMilliseconds(), Math.Max(0, position.Seen - (long)overlap.TotalMilliseconds));

    /// <summary>
    /// The instant that is safe when a round ends: the last change seen, as the CRM's clock has it, so that a difference of
    /// clocks loses nothing. Not after the round began; nor long before, or a quiet account would be read over and over.
    /// </summary>
    /// <param name="latest">The latest change of the round's last page; null if it had none.</param>
    public static long End(PollPosition position, PollRound round, DateTimeOffset? latest, DateTimeOffset now, TimeSpan overlap)
    {
        var seen = latest?.ToUnixTimeMilliseconds() ?? round.Key;
        var most = Math.Min(round.Began, now.ToUnixTimeMilliseconds());
        var least = Math.Max(position.Seen, most - (2 * (long)overlap.TotalMilliseconds));
        return Math.Min(most, Math.Max(seen, least));
    }
}
