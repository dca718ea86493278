using System.Text;
using CrmSync.Leads.Kpis;
using CrmSync.Leads.Texts.Figures;

namespace CrmSync.Worker.Reports.Weekly;

/// <summary>The week in a few lines, for whoever reads no attachment.</summary>
internal sealed class WeekLetter(WeekReport report, string language)
{
    private readonly WeekWords _words = new(language);
    private readonly FigureText _text = new(language);

    public string Subject => $"{_words.Title}: {_words.Subtitle(report.Number, report.Year, report.FirstDay, report.LastDay)}";

    public string Write()
    {
        var lines = new StringBuilder().AppendLine(Subject).AppendLine();
        lines.AppendLine(report.Waiting.Count == 0 ? _words.NobodyWaits : _words.WaitingSaid(report.Waiting.Count, report.Overdue));
        foreach (var (count, name) in report.Counts.Named(_words))
            lines.AppendLine($"- {_text.Count(count)} {name}");
        lines.AppendLine().AppendLine(_words.Kpis);
        foreach (var id in new[] { "mql-to-sal", "sal-to-customer", "sal-to-won.median" })
            lines.AppendLine($"- {_text.Name(id)}: {Said(report.All.Figures.First(figure => figure.Id == id && figure.By is null))}");
        return lines.AppendLine().AppendLine(_words.Attached).ToString();
    }

    private string Said(KpiFigure figure)
    {
        var interval = _text.Interval(figure);
        var value = figure.Value is null ? _text.Remarks(figure) : $"{_text.Value(figure, figure.Value)}{(interval.Length > 0 ? $" ({interval})" : "")}";
        return $"{value}, n {_text.Count(figure.N)}";
    }
}
