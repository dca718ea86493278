using CrmSync.Leads.Kpis;
using CrmSync.Leads.Texts.Figures;

namespace CrmSync.Worker.Reports.Weekly;

/// <summary>One KPI to be read from across the room: its value, how sure it is, and how many it stands on.</summary>
internal static class WeekCards
{
    public static void Write(WeekHtml html, KpiFigure figure, FigureText text, WeekWords words)
    {
        var value = figure.Value is null
            ? $"<b class=\"none\">{WeekHtml.Text(figure.Remarks is [var first, ..] ? text.Remark(first) : "-")}</b>"
            : $"<b>{WeekHtml.Text(text.Value(figure, figure.Value))}</b>";
        var interval = text.Interval(figure) is { Length: > 0 } between ? $"<span>{WeekHtml.Text(words.Between(between))}</span>" : "";
        var counted = figure.Numerator is { } hits ? words.Of(text.Count(hits), text.Count(figure.N)) : $"n {text.Count(figure.N)}";
        var open = figure.Open > 0 ? $" · {words.OpenOnes(text.Count(figure.Open))}" : "";
        html.Raw($"<div class=\"card\"><h3>{WeekHtml.Text(text.Name(figure.Id))}</h3>{value}{WeekStyle.Bar(figure)}{interval}<span class=\"quiet\">{WeekHtml.Text(counted + open)}</span></div>");
    }
}
