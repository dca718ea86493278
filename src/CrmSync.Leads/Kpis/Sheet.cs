namespace CrmSync.Leads.Kpis;

/// <summary>Figures of one group on their way into a report.</summary>
internal sealed class Sheet(string? by)
{
    private readonly List<KpiFigure> _figures = [];

    internal IReadOnlyList<KpiFigure> Figures => _figures;

    /// <summary>A share with Wilson's interval.</summary>
    internal void Share(string id, int hits, int n, int open, params IEnumerable<KpiRemark> remarks) => Share(id, "episode", hits, n, open, 0, remarks);

    internal void Share(string id, string unit, int hits, int n, int open, int imported, params IEnumerable<KpiRemark> remarks)
    {
        var figure = new KpiFigure(id, 1, unit, by, hits, n, open) { Measure = KpiMeasure.Share, Imported = imported };
        // More hits than n: a ratio of two counts has no interval.
        var interval = hits <= n ? Statistics.Wilson(hits, n) : null;
        _figures.Add(n < Statistics.Fewest
            ? figure with { Remarks = [new(KpiRemarkKind.TooFew), .. remarks] }
            : figure with { Value = Statistics.Rounded((double)hits / n), Low = interval?.Low, High = interval?.High, Remarks = [.. remarks] });
    }

    /// <summary>A span's statistic, with its interval where there is one.</summary>
    internal void Span(string id, KpiMeasure measure, Spans spans, int open, Func<Spans, decimal> of, (decimal Low, decimal High)? interval, params IEnumerable<KpiRemark> remarks)
    {
        var figure = new KpiFigure(id, 1, "episode", by, null, spans.Count, open) { Measure = measure, Imported = spans.Imported };
        _figures.Add(spans.Count < Statistics.Fewest
            ? figure with { Remarks = [new(KpiRemarkKind.TooFew), .. remarks] }
            : figure with { Value = Rounded(of(spans)), Low = Rounded(interval?.Low), High = Rounded(interval?.High), Remarks = [.. remarks] });
    }

    internal void Add(KpiFigure figure) => _figures.Add(figure with { By = by });

    /// <summary>A figure of a part within the group: a reason, a stage.</summary>
    internal void AddPart(KpiFigure figure, string part) => _figures.Add(figure with { By = by is null ? part : $"{by} / {part}" });

    internal static decimal? Rounded(decimal? value) => value is { } v ? Math.Round(v, 2, MidpointRounding.AwayFromZero) : null;
}
