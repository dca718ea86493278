namespace CrmSync.Leads.Kpis;

/// <summary>Shares with their interval: a cohort's within a horizon, or a plain one.</summary>
internal static class CohortRate
{
    /// <summary>
    /// Of those who started, the share that arrived within the horizon. Whoever started too late to tell is left out and
    /// counted as open, whether arrived or not; otherwise the quick ones alone would speak for the young.
    /// </summary>
    internal static KpiFigure Within(
        string id, string? by, IEnumerable<(DateTimeOffset Start, DateTimeOffset? Arrival)> cohort, TimeSpan horizon, DateTimeOffset cutOff)
    {
        int hits = 0, n = 0, open = 0;
        foreach (var (start, arrival) in cohort)
        {
            if (start > cutOff - horizon)
            {
                open++;
                continue;
            }
            n++;
            if (arrival is { } at && at <= cutOff && at - start <= horizon)
                hits++;
        }
        return Share(id, by, hits, n, open, $"within {horizon.TotalDays.ToString("0", System.Globalization.CultureInfo.InvariantCulture)} days");
    }

    internal static KpiFigure Share(string id, string? by, int hits, int n, int open, string? note)
    {
        if (n < Statistics.Fewest)
            return new(id, 1, "episode", by, hits, n, open, null, null, null, note is null ? "too few" : $"too few; {note}");
        var interval = hits <= n ? Statistics.Wilson(hits, n) : null;
        return new(id, 1, "episode", by, hits, n, open, Statistics.Rounded((double)hits / n), interval?.Low, interval?.High, note);
    }
}
