using System.Globalization;
using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Reports;

/// <summary>The KPIs for a person: each figure with how many it stands on, and how sure it is.</summary>
internal static class KpiScreen
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["mql-to-sal"] = "MQL to SAL within 14 days",
        ["mql-to-sal.explicit"] = "  by a written yes",
        ["mql-to-sal.silent"] = "  by silence",
        ["mql-to-sal.by-action"] = "  by action",
        ["mql-to-sal.decided"] = "Accepted of those decided",
        ["mql-to-sal.decided-or-lapsed"] = "Accepted of decided or lapsed",
        ["mql-to-sal.throughput"] = "Throughput SAL per MQL",
        ["sal-to-customer"] = "SAL to customer",
        ["sal-to-won.median"] = "Days from SAL to won, median",
        ["sal-to-won.mean"] = "Days from SAL to won, mean",
        ["sal-to-won.p75"] = "Days from SAL to won, p75",
        ["sal-to-won.p90"] = "Days from SAL to won, p90",
    };

    public static void Print(TextWriter screen, KpiReport report)
    {
        screen.WriteLine($"KPIs up to {report.CutOff:yyyy-MM-dd HH:mm}Z");
        foreach (var figure in report.Figures)
        {
            var name = Names.GetValueOrDefault(figure.Id, figure.Id);
            var of = figure.Numerator is { } numerator ? $"{numerator} of {figure.N}" : $"n {figure.N}";
            var open = figure.Open > 0 ? $", {figure.Open} open" : "";
            var note = figure.Note is { Length: > 0 } text ? $"  {text}" : "";
            var by = figure.By is { } group ? $"{group,-10} " : "";
            screen.WriteLine($"  {by}{name,-32} {Value(figure),6} {Interval(figure),-16} {of}{open}{note}".TrimEnd());
        }
    }

    private static string Value(KpiFigure figure) => figure.Value is { } value ? Show(figure, value) : "-";

    private static string Interval(KpiFigure figure) => figure is { Low: { } low, High: { } high } ? $"({Show(figure, low)} to {Show(figure, high)})" : "";

    /// <summary>Rates in percent, times in days.</summary>
    private static string Show(KpiFigure figure, decimal value) => figure.Id.StartsWith("sal-to-won", StringComparison.Ordinal)
        ? value.ToString("0.#", CultureInfo.InvariantCulture)
        : (value * 100).ToString("0", CultureInfo.InvariantCulture) + " %";
}
