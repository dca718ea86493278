namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>Counts acts in a window that ends with the judgement; both of its edges are in it.</summary>
internal readonly record struct Acts(Answer Result, DateTimeOffset? Seen, bool IsDoubtful)
{
    /// <summary>At least so many acts in so many days.</summary>
    public static Acts Count(StoredFacts facts, string kind, int needed, int days, DateTimeOffset now)
    {
        if (facts.Acts($"engagement.{kind}") is not { } known)
            return new(Answer.Unknown, null, false);
        var start = now.AddDays(-days);
        var inside = known.Acts.Where(act => act.At >= start && act.At <= now).ToList();
        var count = inside.Sum(act => act.Count);
        DateTimeOffset? seen = inside.Count == 0 ? null : inside.Max(act => act.At);
        if (known.LastAt is { } last && last >= start && last <= now && !(last <= seen))
            (count, seen) = (count + 1, last);
        if (count >= needed)
            return new(Answer.Met, seen, false);
        // All that happened in the window is known, or the last act lies before it: then there were no more.
        var isWhole = known.CompleteSince <= start || known.LastAt < start || known.Total - known.Acts.Where(act => act.At < start).Sum(act => act.Count) < needed;
        return isWhole ? new(Answer.NotMet, seen, false) : new(Answer.Unknown, seen, false);
    }

    /// <summary>One kind or another.</summary>
    public Acts Or(Acts other) => new(
        Result > other.Result ? Result : other.Result,
        Seen is null || other.Seen > Seen ? other.Result >= Result ? other.Seen : Seen : Result >= other.Result ? Seen : other.Seen,
        Result != Answer.Met && other.Result != Answer.Met && (IsDoubtful || other.IsDoubtful));

    /// <summary>Points that halve every 30 days, in whole days since the latest act; halves are rounded up.</summary>
    public int Fading(int points, DateTimeOffset now)
    {
        if (Result != Answer.Met)
            return 0;
        var days = Seen is { } seen ? Math.Floor((now - seen).TotalDays) : 0;
        return (int)Math.Round(points * Math.Pow(0.5, days / 30), MidpointRounding.AwayFromZero);
    }
}
