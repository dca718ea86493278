using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>
/// How many acts of one kind a window holds: <paramref name="Count"/> for certain, <paramref name="AtMost"/> at the most.
/// </summary>
internal readonly record struct WindowCount(long Count, long AtMost, long SeenTicks, long CountedSinceTicks)
{
    private const long NoBound = long.MaxValue / 4;

    internal static WindowCount Of(in FactValue value, DateTimeOffset start, DateTimeOffset at)
    {
        if (!value.IsKnown)
            return new(0, NoBound, 0, 0);
        var engagement = value.Engagement;
        var (count, seen) = Known(engagement, start, at);
        if (engagement.CompleteSince <= start)
            return new(count, count, seen, 0);
        return new(count, Math.Max(count, Bound(engagement, start)), seen, engagement.CompleteSince?.UtcTicks ?? 0);
    }

    private static (long Count, long Seen) Known(Engagement engagement, DateTimeOffset start, DateTimeOffset at)
    {
        long count = 0, seen = 0;
        var acts = engagement.Acts;
        for (var i = 0; i < acts.Count; i++)
        {
            if (acts[i].At < start || acts[i].At > at)
                continue;
            count += acts[i].Count;
            seen = Math.Max(seen, acts[i].At.UtcTicks);
        }
        // The CRM tells of a latest act that the record does not have: that much is certain.
        if (engagement.LastAt is { } last && last >= start && last <= at && last.UtcTicks > seen)
            (count, seen) = (count + 1, last.UtcTicks);
        return (count, seen);
    }

    // Without a full record, a latest act before the window or a small lifetime counter still proves a bound.
    private static long Bound(Engagement engagement, DateTimeOffset start) =>
        engagement.LastAt < start ? 0 : engagement.Total is { } total ? Math.Clamp(total, 0, NoBound) : NoBound;
}
