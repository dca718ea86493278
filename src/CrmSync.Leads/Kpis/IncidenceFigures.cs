using System.Globalization;

namespace CrmSync.Leads.Kpis;

/// <summary>Cumulative incidence as figures.</summary>
internal static class IncidenceFigures
{
    private static readonly double[] Shares = [0.10, 0.25, 0.50];

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
        foreach (var (share, (value, low, high)) in Shares.Zip(incidence.TimesUntil(Shares)))
        {
            var percent = (long)Math.Round(share * 100);
            var figure = new KpiFigure(string.Create(CultureInfo.InvariantCulture, $"{id}.t{percent}"), 1, "episode", null, null, n, open) { Measure = KpiMeasure.Days };
            KpiRemark? missing = n < Statistics.Fewest ? new(KpiRemarkKind.TooFew) : value is null ? new(KpiRemarkKind.NotReached, percent) : null;
            yield return missing is { } remark
                ? figure with { Remarks = [remark, new(KpiRemarkKind.Competing)] }
                : figure with { Value = Days(value), Low = Days(low), High = Days(high), Remarks = [new(KpiRemarkKind.Competing)] };
        }
    }

    private static decimal? Rounded(double? value) => value is { } v ? Statistics.Rounded(v) : null;

    private static decimal? Days(TimeSpan? span) => span is { } s ? Sheet.Rounded((decimal)s.Ticks / TimeSpan.TicksPerDay) : null;
}
