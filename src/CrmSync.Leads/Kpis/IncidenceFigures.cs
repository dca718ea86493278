namespace CrmSync.Leads.Kpis;

/// <summary>Cumulative incidence as figures.</summary>
internal static class IncidenceFigures
{
    private static readonly (string Suffix, double Share)[] Parts = [("t10", 0.10), ("t25", 0.25), ("t50", 0.50)];

    internal static KpiFigure At(string id, CumulativeIncidence incidence, int n, int open, TimeSpan horizon)
    {
        var within = new KpiRemark(KpiRemarkKind.WithinDays, (long)horizon.TotalDays);
        var figure = new KpiFigure(id, 1, "episode", null, null, n, open) { Measure = KpiMeasure.Share };
        if (n < Statistics.Fewest)
            return figure with { Remarks = [new(KpiRemarkKind.TooFew), within] };
        var (value, low, high) = incidence.At(horizon);
        return figure with { Value = Statistics.Rounded(value), Low = Rounded(low), High = Rounded(high), Remarks = [within, new(KpiRemarkKind.Competing)] };
    }

    /// <summary>When 10, 25 and 50 % of the cohort had come to it.</summary>
    internal static IEnumerable<KpiFigure> Times(string id, CumulativeIncidence incidence, int n, int open)
    {
        foreach (var (suffix, share) in Parts)
        {
            var figure = new KpiFigure($"{id}.{suffix}", 1, "episode", null, null, n, open) { Measure = KpiMeasure.Days };
            var (value, low, high) = incidence.TimeUntil(share);
            KpiRemark? missing = n < Statistics.Fewest ? new(KpiRemarkKind.TooFew) : value is null ? new(KpiRemarkKind.NotReached, (long)Math.Round(share * 100)) : null;
            yield return missing is { } remark
                ? figure with { Remarks = [remark, new(KpiRemarkKind.Competing)] }
                : figure with { Value = Days(value), Low = Days(low), High = Days(high), Remarks = [new(KpiRemarkKind.Competing)] };
        }
    }

    private static decimal? Rounded(double? value) => value is { } v ? Statistics.Rounded(v) : null;

    private static decimal? Days(TimeSpan? span) => span is { } s ? Sheet.Rounded((decimal)s.Ticks / TimeSpan.TicksPerDay) : null;
}
