using System.Globalization;
using CrmSync.Leads.Kpis;
using CrmSync.Leads.Texts.Figures;

namespace CrmSync.Worker.Reports.Weekly;

/// <summary>A figure by month as a small drawing: a dot for the month, a line for its interval. Shares go from 0 to 100 %.</summary>
internal sealed class WeekChart(WeekHtml html, FigureText text, WeekWords words)
{
    private const int MostMonths = 12;
    private const decimal Left = 40, Right = 312, Top = 10, Bottom = 104;

    public void Write(string name, IReadOnlyList<KpiFigure> months)
    {
        var shown = months.TakeLast(MostMonths).ToList();
        var most = Most(shown);
        html.Raw($"<figure class=\"card\"><figcaption>{WeekHtml.Text(name)}</figcaption><svg viewBox=\"0 0 320 126\" role=\"img\" aria-label=\"{WeekHtml.Text(Read(name, shown))}\">");
        foreach (var part in new[] { 0m, 0.5m, 1m })
            Scale(shown, most, part);
        for (var i = 0; i < shown.Count; i++)
        {
            var x = Left + 10 + (Right - Left - 20) * (shown.Count == 1 ? 0.5m : (decimal)i / (shown.Count - 1));
            if (shown[i].Value is { } value)
                Month(x, value, shown[i].Low ?? value, shown[i].High ?? value, most);
            if (i == 0 || i == shown.Count - 1)
                html.Raw(Svg($"<text x=\"{x:0.#}\" y=\"122\" text-anchor=\"middle\">{WeekHtml.Text(words.Month(MonthOf(shown[i]), withYear: i == 0))}</text>"));
        }
        html.Raw("</svg></figure>");
    }

    private void Scale(List<KpiFigure> shown, decimal most, decimal part)
    {
        var y = Y(part * most, most);
        var label = shown.Count == 0 ? "" : text.Value(shown[0] with { Value = part * most }, part * most);
        html.Raw(Svg($"<path class=\"rule\" d=\"M{Left} {y:0.#}H{Right}\"/><text x=\"{Left - 4}\" y=\"{y + 3.5m:0.#}\" text-anchor=\"end\">{WeekHtml.Text(label.Replace(".0", "", StringComparison.Ordinal).Replace(",0", "", StringComparison.Ordinal))}</text>"));
    }

    private void Month(decimal x, decimal value, decimal low, decimal high, decimal most) =>
        html.Raw(Svg($"<path class=\"span\" d=\"M{x:0.#} {Y(low, most):0.#}V{Y(Math.Min(high, most), most):0.#}\"/><circle class=\"dot\" cx=\"{x:0.#}\" cy=\"{Y(value, most):0.#}\" r=\"3.5\"/>"));

    /// <summary>All of a share; of days a round number above the highest.</summary>
    private static decimal Most(List<KpiFigure> shown)
    {
        if (shown is [{ Measure: KpiMeasure.Share }, ..])
            return 1;
        var highest = shown.Max(figure => figure.High ?? figure.Value) ?? 0;
        return Math.Max(10, Math.Ceiling(highest / 20) * 20);
    }

    private string Read(string name, List<KpiFigure> shown) =>
        $"{name}: {string.Join("; ", shown.Where(figure => figure.Value is not null).Select(figure => $"{words.Month(MonthOf(figure), withYear: true)} {text.Value(figure, figure.Value)}"))}";

    private static DateOnly MonthOf(KpiFigure figure) => DateOnly.ParseExact(figure.By!, "yyyy-MM", CultureInfo.InvariantCulture);

    private static decimal Y(decimal value, decimal most) => Bottom - (Bottom - Top) * value / most;

    private static string Svg(FormattableString text) => FormattableString.Invariant(text);
}
