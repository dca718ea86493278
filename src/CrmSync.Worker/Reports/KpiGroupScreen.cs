using System.Globalization;
using CrmSync.Leads.Kpis;
using CrmSync.Leads.Texts.Figures;

namespace CrmSync.Worker.Reports;

/// <summary>The headlines by group. An arrow stands only where the group differs from all others together (Newcombe, 95 %).</summary>
internal sealed class KpiGroupScreen(TextWriter screen, FigureText text)
{
    public void Print(KpiReport report)
    {
        foreach (var id in FigureOrder.Headlines)
        {
            var groups = report.Figures.Where(figure => figure.Id == id && figure.By is not null).ToList();
            if (!groups.Exists(group => group.N + group.Open > 0))
                continue;
            var all = report.Figures.First(figure => figure.Id == id && figure.By is null);
            screen.WriteLine();
            screen.WriteLine(text.Name(id).ToUpperInvariant());
            foreach (var group in groups)
                screen.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {TextTable.Printable(group.By!, 32),-33} {Value(group),8} {Arrow(group, all)}{KpiScreen.Bar(group),-20} {text.Interval(group),-16} {Hits(group),7} {text.Count(group.N),7} {(group.Open > 0 ? text.Count(group.Open) : ""),6}").TrimEnd());
        }
    }

    private string Value(KpiFigure figure) => figure.Value is null ? "-" : text.Value(figure, figure.Value);

    private string Hits(KpiFigure figure) => figure.Numerator is { } hits ? text.Count(hits) : "";

    /// <summary>Up, down or nothing.</summary>
    internal static char Arrow(KpiFigure group, KpiFigure all)
    {
        if (group is not { Measure: KpiMeasure.Share, Numerator: { } hits } || all.N - group.N < Statistics.Fewest || group.N < Statistics.Fewest)
            return ' ';
        var difference = TwoShares.Difference(hits, group.N, all.Numerator!.Value - hits, all.N - group.N);
        return difference?.Low > 0 ? '▲' : difference?.High < 0 ? '▼' : ' ';
    }
}
