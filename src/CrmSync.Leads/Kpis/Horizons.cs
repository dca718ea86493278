namespace CrmSync.Leads.Kpis;

/// <summary>The horizons of which a report takes one, a day apart.</summary>
/// <param name="First">The shortest.</param>
internal readonly record struct Horizons(TimeSpan First, int Count)
{
    private const int ShortestDays = 90;
    private const int LongestDays = 540;

    /// <summary>The one that is asked for, or all that past sales may choose.</summary>
    internal static Horizons Of(KpiQuestion question) => question.CustomerHorizon is { } asked
        ? new(asked, 1)
        : new(TimeSpan.FromDays(ShortestDays), LongestDays - ShortestDays + 1);

    /// <summary>The 90th percentile of past days to the won sale, in whole days within 90 to 540; 90 while there are too few to tell.</summary>
    internal static TimeSpan Usual(Spans days)
    {
        var usual = days.Count < Statistics.Fewest ? ShortestDays : days.Quantile(0.9m);
        return TimeSpan.FromDays((double)Math.Ceiling(Math.Clamp(usual, ShortestDays, LongestDays)));
    }

    /// <summary>How many of them are not longer than a time.</summary>
    internal int Within(long ticks) => ticks < First.Ticks ? 0 : (int)Math.Min(Count, (ticks - First.Ticks) / TimeSpan.TicksPerDay + 1);

    /// <summary>The place of the first that a time fits in; <see cref="Count"/>: none.</summary>
    internal int Reaching(long ticks) => ticks <= First.Ticks ? 0 : (int)Math.Min(Count, (ticks - First.Ticks - 1) / TimeSpan.TicksPerDay + 1);

    /// <exception cref="ArgumentOutOfRangeException">It is none of them.</exception>
    internal int PlaceOf(TimeSpan horizon)
    {
        var place = Reaching(horizon.Ticks);
        return place < Count && First + TimeSpan.FromDays(place) == horizon
            ? place
            : throw new ArgumentOutOfRangeException(nameof(horizon), horizon, "The horizon is none of those that were counted.");
    }
}
