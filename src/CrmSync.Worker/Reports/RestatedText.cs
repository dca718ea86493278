using CrmSync.Leads.Kpis;
using CrmSync.Leads.Texts.Figures;

namespace CrmSync.Worker.Reports;

/// <summary>A restated figure in words: "45.3 % (54 of 120)".</summary>
internal static class RestatedText
{
    public static string Said(FigureText text, KpiFigure figure)
    {
        var counts = figure.Numerator is { } hits ? $"{text.Count(hits)} / {text.Count(figure.N)}" : $"n {text.Count(figure.N)}";
        return figure.Value is null ? counts : $"{text.Value(figure, figure.Value)} ({counts})";
    }
}
