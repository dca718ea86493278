using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules.Conditions;

/// <summary>
/// How many acts of one kind a window holds: <paramref name="Count"/> for certain, <paramref name="AtMost"/> at the most. The
/// window runs between two instants in UTC ticks, both included.
/// </summary>
internal readonly record struct WindowCount(long Count, long AtMost, long SeenTicks, long CountedSinceTicks)
{
    internal static WindowCount Of(in FactValue value, long start, long at)
    {
        if (!value.IsKnown)
            return new(0, Engagement.NoTotal, 0, 0);
        var engagement = value.Engagement;
        long count = 0, seen = 0;
        foreach (ref readonly var act in engagement.ActSpan)
        {
            var ticks = act.At.UtcTicks;
            if (ticks < start || ticks > at)
                continue;
            count += act.Count;
            seen = Math.Max(seen, ticks);
        }
        var last = engagement.LastTicks;
        // The CRM tells of a latest act that the record does not have: that much is certain.
        if (last >= start && last <= at && last > seen)
            (count, seen) = (count + 1, last);
        var since = engagement.CompleteSinceTicks;
        if (since <= start)
            return new(count, count, seen, 0);
        // Without a full record, a latest act before the window or a small lifetime counter still proves a bound.
        var bound = last < start ? 0 : engagement.TotalOrMore == Engagement.NoTotal ? Engagement.NoTotal : engagement.TotalOrMore - Before(engagement, start);
        return new(count, Math.Max(count, bound), seen, since == Engagement.Never ? 0 : since);
    }

    /// <summary>UTC ticks of the latest instant at which an act can have happened that is not on record.</summary>
    internal static long LatestUnknown(in FactValue value, long at) => value.IsKnown
        ? Math.Min(at, Math.Min(value.Engagement.LastTicks, value.Engagement.CompleteSinceTicks - 1))
        : at;

    private static long Before(Engagement engagement, long start)
    {
        long count = 0;
        foreach (ref readonly var act in engagement.ActSpan)
            count += act.At.UtcTicks < start ? act.Count : 0;
        return count;
    }
}
