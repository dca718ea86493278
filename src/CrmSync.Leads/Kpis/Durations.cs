namespace CrmSync.Leads.Kpis;

/// <summary>
/// Days from acceptance to the won sale. What was won before or as it was accepted, or whose acceptance was only concluded,
/// is counted apart and not averaged.
/// </summary>
internal sealed class Durations
{
    private Durations(IReadOnlyList<decimal> days, IReadOnlyList<EpisodeRow> notAveraged, int open) =>
        (Days, NotAveraged, Open) = (days, notAveraged, open);

    /// <summary>Sorted.</summary>
    internal IReadOnlyList<decimal> Days { get; }

    internal IReadOnlyList<EpisodeRow> NotAveraged { get; }

    /// <summary>Accepted and neither won, lost nor recycled: closed sales alone make the time look short.</summary>
    internal int Open { get; }

    internal static Durations Of(IEnumerable<EpisodeRow> accepted, DateTimeOffset cutOff)
    {
        var days = new List<decimal>();
        var notAveraged = new List<EpisodeRow>();
        var open = 0;
        foreach (var row in accepted)
        {
            if (row.WonAt is not { } won || won > cutOff)
                open += row.LostAt <= cutOff || row.RecycledAt <= cutOff ? 0 : 1;
            else if (row.AcceptanceInferred || won <= row.AcceptedAt)
                notAveraged.Add(row);
            else
                days.Add((decimal)(won - row.AcceptedAt!.Value).Ticks / TimeSpan.TicksPerDay);
        }
        days.Sort();
        return new(days, notAveraged, open);
    }

    internal IEnumerable<KpiFigure> Figures(string? by)
    {
        var note = NotAveraged.Count == 0 ? "closed sales only; calendar days" : $"closed sales only; calendar days; {NotAveraged.Count} not averaged";
        var interval = Statistics.MedianInterval(Days);
        yield return Figure("sal-to-won.median", by, days => Statistics.Quantile(days, 0.5m), interval, note);
        yield return Figure("sal-to-won.mean", by, days => days.Average(), null, note);
        yield return Figure("sal-to-won.p75", by, days => Statistics.Quantile(days, 0.75m), null, note);
        yield return Figure("sal-to-won.p90", by, days => Statistics.Quantile(days, 0.9m), null, note);
    }

    private KpiFigure Figure(
        string id, string? by, Func<IReadOnlyList<decimal>, decimal> of, (decimal Low, decimal High)? interval, string note)
    {
        if (Days.Count < Statistics.Fewest)
            return new(id, 1, "episode", by, null, Days.Count, Open, null, null, null, $"too few; {note}");
        return new(id, 1, "episode", by, null, Days.Count, Open, Rounded(of(Days)), Rounded(interval?.Low), Rounded(interval?.High), note);
    }

    private static decimal? Rounded(decimal? days) => days is { } value ? Math.Round(value, 2, MidpointRounding.AwayFromZero) : null;
}
