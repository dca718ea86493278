using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>
/// How many acts of one kind a window holds: <paramref name="Count"/> for certain, <paramref name="AtMost"/> at the most. The
/// window runs between two instants in UTC ticks, both included.
/// </summary>
internal readonly record struct WindowCount(long Count, long AtMost, long SeenTicks, long CountedSinceTicks)
{
    private const long NoBound = long.MaxValue / 4;

    internal static WindowCount Of(in FactValue value, long start, long at)
    {
        if (!value.IsKnown)
            return new(0, NoBound, 0, 0);
        var engagement = value.Engagement;
        var (count, seen) = Known(engagement, start, at);
        if (engagement.CompleteSince is not { } since)
            return new(count, Math.Max(count, Bound(engagement, start)), seen, 0);
        if (since.UtcTicks <= start)
            return new(count, count, seen, 0);
        return new(count, Math.Max(count, Bound(engagement, start)), seen, since.UtcTicks);
    }

    private static (long Count, long Seen) Known(Engagement engagement, long start, long at)
    {
        long count = 0, seen = 0;
        foreach (ref readonly var act in engagement.ActSpan)
        {
            var ticks = act.At.UtcTicks;
            if (ticks < start || ticks > at)
                continue;
            count += act.Count;
            seen = Math.Max(seen, ticks);
        }
        // The CRM tells of a latest act that the record does not have: that much is certain.
        if (engagement.LastAt?.UtcTicks is { } last && last >= start && last <= at && last > seen)
            (count, seen) = (count + 1, last);
        return (count, seen);
    }

    // Without a full record, a latest act before the window or a small lifetime counter still proves a bound.
    private static long Bound(Engagement engagement, long start) =>
        engagement.LastAt?.UtcTicks < start ? 0 : engagement.Total is { } total ? Math.Max(0, total) : NoBound;
}
