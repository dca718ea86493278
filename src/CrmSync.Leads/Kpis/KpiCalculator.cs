namespace CrmSync.Leads.Kpis;

/// <summary>
/// The three KPIs: MQL to SAL, SAL to customer, and the time from SAL to the won sale. The cut-off is the last instant up
/// to which events are in, never the wall clock; what came later is not looked at.
/// </summary>
public static class KpiCalculator
{
    /// <summary>The horizon of MQL to SAL.</summary>
    public static readonly TimeSpan AcceptanceHorizon = TimeSpan.FromDays(14);

    private const decimal ShortestHorizon = 90;
    private const decimal LongestHorizon = 540;

    /// <summary>All figures of one group of episodes. <paramref name="by"/> names the group.</summary>
    public static KpiReport Report(
        IReadOnlyCollection<EpisodeRow> rows, DateTimeOffset cutOff, string zone, Period period = default, string? by = null) =>
        new(cutOff, zone, [.. MqlToSal(rows, cutOff, period, by), .. SalToCustomer(rows, cutOff, period, by)]);

    /// <summary>
    /// How long a SAL cohort is given: the 90th percentile of past days to the won sale, within 90 to 540; 90 while there are
    /// too few to tell.
    /// </summary>
    public static TimeSpan CustomerHorizon(IEnumerable<EpisodeRow> rows, DateTimeOffset cutOff)
    {
        var days = Durations.Of(rows.Where(row => !row.Superseded && row.AcceptedAt <= cutOff), cutOff).Days;
        var usual = days.Count < Statistics.Fewest ? ShortestHorizon : Statistics.Quantile(days, 0.9m);
        return TimeSpan.FromDays((double)Math.Ceiling(Math.Clamp(usual, ShortestHorizon, LongestHorizon)));
    }

    /// <summary>The won episodes that no duration counts: won before accepted, or the acceptance only concluded.</summary>
    public static IReadOnlyList<EpisodeRow> NotAveraged(IEnumerable<EpisodeRow> rows, DateTimeOffset cutOff) =>
        Durations.Of(rows.Where(row => !row.Superseded && row.AcceptedAt <= cutOff), cutOff).NotAveraged;

    private static IEnumerable<KpiFigure> MqlToSal(IReadOnlyCollection<EpisodeRow> rows, DateTimeOffset cutOff, Period period, string? by)
    {
        var all = rows.Where(row => row is { SalesGenerated: false, Superseded: false }).ToList();
        var cohort = all.Where(row => period.Has(row.MqlAt) && row.MqlAt <= cutOff).ToList();
        yield return Cohort("mql-to-sal", row => row.AcceptedAt);
        yield return Cohort("mql-to-sal.explicit", row => row.BySilence || row.ByAction ? null : row.AcceptedAt);
        yield return Cohort("mql-to-sal.by-action", row => row.ByAction ? row.AcceptedAt : null);
        yield return Cohort("mql-to-sal.silent", row => row.BySilence ? row.AcceptedAt : null);
        var accepted = cohort.Count(row => row.AcceptedAt <= cutOff);
        var rejected = cohort.Count(row => row.AcceptedAt is null && row.RejectedAt <= cutOff);
        var lapsed = cohort.Count(row => row is { AcceptedAt: null, RejectedAt: null } && row.LapsedAt <= cutOff);
        var open = cohort.Count - accepted - rejected;
        yield return CohortRate.Share("mql-to-sal.decided", by, accepted, accepted + rejected, open, "undecided left out");
        yield return CohortRate.Share("mql-to-sal.decided-or-lapsed", by, accepted, accepted + rejected + lapsed, open - lapsed, "undecided left out");
        var arrived = all.Count(row => period.Has(row.AcceptedAt) && row.AcceptedAt <= cutOff);
        yield return CohortRate.Share("mql-to-sal.throughput", by, arrived, cohort.Count, 0, "throughput of the period, not a rate; may exceed 1");

        KpiFigure Cohort(string id, Func<EpisodeRow, DateTimeOffset?> arrival) =>
            CohortRate.Within(id, by, cohort.Select(row => (row.MqlAt!.Value, arrival(row))), AcceptanceHorizon, cutOff);
    }

    private static IEnumerable<KpiFigure> SalToCustomer(IReadOnlyCollection<EpisodeRow> rows, DateTimeOffset cutOff, Period period, string? by)
    {
        var cohort = rows.Where(row => !row.Superseded && period.Has(row.AcceptedAt) && row.AcceptedAt <= cutOff).ToList();
        // A sale won before it was accepted is no conversion of this acceptance.
        var pairs = cohort.Select(row => (row.AcceptedAt!.Value, row.WonAt >= row.AcceptedAt ? row.WonAt : null));
        yield return CohortRate.Within("sal-to-customer", by, pairs, CustomerHorizon(rows, cutOff), cutOff);
        foreach (var figure in Durations.Of(cohort, cutOff).Figures(by))
            yield return figure;
    }
}
