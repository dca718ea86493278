namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>
/// Counts acts in a window that ends with the judgement; both of its edges are in it. <paramref name="Latest"/>: when one that nobody
/// recorded can have happened at the latest; null where there is none.
/// </summary>
internal readonly record struct Acts(Answer Result, DateTimeOffset? Seen, DateTimeOffset? Latest)
{
    /// <summary>At least so many acts in so many days.</summary>
    public static Acts Count(StoredFacts facts, string kind, int needed, int days, DateTimeOffset now)
    {
        if (facts.Acts($"engagement.{kind}") is not { } known)
            return new(Answer.Unknown, null, now);
        var start = now.AddDays(-days);
        var inside = known.Acts.Where(act => act.At >= start && act.At <= now).ToList();
        var count = inside.Sum(act => act.Count);
        DateTimeOffset? seen = inside.Count == 0 ? null : inside.Max(act => act.At);
        if (known.LastAt is { } last && last >= start && last <= now && !(last <= seen))
            (count, seen) = (count + 1, last);
        if (count >= needed)
            return new(Answer.Met, seen, null);
        // All that happened in the window is known, or the last act lies before it: then there were no more.
        var isWhole = known.CompleteSince <= start || known.LastAt < start || known.Total - known.Acts.Where(act => act.At < start).Sum(act => act.Count) < needed;
        if (isWhole)
            return new(Answer.NotMet, seen, null);
        // From then on all is recorded, and after the last act there was none.
        var latest = new[] { now, known.CompleteSince?.AddTicks(-1) ?? now, known.LastAt ?? now }.Min();
        return new(Answer.Unknown, seen, seen > latest ? seen : latest);
    }

    /// <summary>One kind or another.</summary>
    public Acts Or(Acts other) => new(
        Result > other.Result ? Result : other.Result,
        Seen is null || other.Seen > Seen ? other.Result >= Result ? other.Seen : Seen : Result >= other.Result ? Seen : other.Seen,
        Result == Answer.Met || other.Result == Answer.Met ? null : Latest is null || other.Latest > Latest ? other.Latest : Latest);

    /// <summary>Points that halve every 30 days, in whole days since the latest act; halves are rounded up.</summary>
    public int Fading(int points, DateTimeOffset now) => Result == Answer.Met ? Faded(points, Seen, now) : 0;

    /// <summary>What can still come of acts that nobody recorded.</summary>
    public int Open(int points, DateTimeOffset now) => Result == Answer.Unknown ? Faded(points, Latest, now) : 0;

    private static int Faded(int points, DateTimeOffset? seen, DateTimeOffset now)
    {
        var days = seen is { } at ? Math.Floor((now - at).TotalDays) : 0;
        return (int)Math.Round(points * Math.Pow(0.5, days / 30), MidpointRounding.AwayFromZero);
    }
}
