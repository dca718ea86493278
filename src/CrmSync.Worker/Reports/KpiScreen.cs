using System.Globalization;
using CrmSync.Leads.Kpis;
using CrmSync.Leads.Texts.Figures;

namespace CrmSync.Worker.Reports;

/// <summary>The KPIs for a person at a terminal: each figure with how sure it is and how many it stands on.</summary>
/// <param name="criterion">The name of a criterion by its id; null: the id is shown.</param>
internal sealed class KpiScreen(TextWriter screen, FigureText text, Func<string, string>? criterion = null)
{
    private const int Name = 33;
    private const int BarWidth = 20;

    /// <summary>Prints the figures of all, then the headlines by group.</summary>
    /// <param name="restated">Figures that were told before and are not what they were.</param>
    public void Print(KpiReport report, IReadOnlyList<RestatedFigure>? restated = null)
    {
        screen.WriteLine($"{text.Words(FigureWord.Title)}, {text.Words(FigureWord.UpTo)} {report.CutOff.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}Z");
        var all = report.Figures.Where(figure => figure.By is null || FigureOrder.IsPart(figure)).Where(figure => !FigureOrder.IsOfGroup(figure)).ToList();
        foreach (var section in all.GroupBy(figure => FigureText.SectionOf(figure.Id)))
        {
            screen.WriteLine();
            screen.WriteLine(text.Section(section.Key));
            var counted = section.Where(figure => figure.N + figure.Open > 0).ToList();
            screen.WriteLine(counted.Count == 0 ? $"  {text.Words(FigureWord.Nothing)}" : Header());
            foreach (var figure in counted)
                Line(FigureOrder.IsPart(figure) ? $"{text.Name(figure.Id)} {Part(figure)}" : text.Name(figure.Id), figure);
        }
        new KpiGroupScreen(screen, text).Print(report);
        if (report.NotAveraged.Count > 0)
            NotAveraged(report.NotAveraged);
        if (restated is { Count: > 0 })
            Restated(restated);
        screen.WriteLine();
        screen.WriteLine(text.Words(FigureWord.SeeDefinitions));
    }

    /// <summary>Name and definition of every figure.</summary>
    public void Define()
    {
        foreach (var id in FigureText.Ids)
        {
            screen.WriteLine($"{text.Name(id).Trim().TrimEnd(':')}  [{id}]");
            foreach (var line in TextTable.Lines(text.Definition(id), 96))
                screen.WriteLine($"    {line}");
        }
    }

    private string Header() => string.Create(CultureInfo.InvariantCulture,
        $"  {"",-Name} {text.Words(FigureWord.Value),8}  {"",-BarWidth} {text.Words(FigureWord.Interval),-16} {text.Words(FigureWord.Hits),7} {text.Words(FigureWord.Counted),7} {text.Words(FigureWord.Open),6}");

    private void Line(string name, KpiFigure figure)
    {
        var hits = figure.Numerator is { } numerator ? text.Count(numerator) : "";
        var open = figure.Open > 0 ? text.Count(figure.Open) : "";
        var value = figure.Value is null ? "-" : text.Value(figure, figure.Value);
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {TextTable.Printable(name, Name),-Name} {value,8}  {Bar(figure),-BarWidth} {text.Interval(figure),-16} {hits,7} {text.Count(figure.N),7} {open,6}  {Note(figure)}").TrimEnd());
    }

    private string Part(KpiFigure figure) =>
        figure.Id == FigureOrder.Criterion && criterion is not null ? criterion(figure.By!) : text.Part(figure.By!);

    private string Note(KpiFigure figure)
    {
        // What all of a section's figures share is told by their definitions.
        var told = figure.Remarks.Where(remark => remark.Kind is not (KpiRemarkKind.Competing or KpiRemarkKind.ClosedOnly or KpiRemarkKind.UndecidedLeftOut or KpiRemarkKind.Throughput or KpiRemarkKind.NotAveraged))
            .Where(remark => remark.Kind != KpiRemarkKind.WithinDays || text.Name(figure.Id)[0] != ' ').Select(text.Remark);
        return string.Join("; ", figure.Imported == 0 ? told : told.Append(string.Format(CultureInfo.InvariantCulture, text.Words(FigureWord.Imported), text.Count(figure.Imported))));
    }

    /// <summary>A share between 0 and 1: solid up to the interval, shaded within it.</summary>
    internal static string Bar(KpiFigure figure)
    {
        if (figure is not { Measure: KpiMeasure.Share, Value: { } value } || value > 1)
            return "";
        var (low, high) = (Cells(figure.Low ?? value), Cells(figure.High ?? value));
        return new string('█', low) + new string('▒', high - low) + new string('·', BarWidth - high);
    }

    private static int Cells(decimal share) => (int)Math.Round(share * BarWidth, MidpointRounding.AwayFromZero);

    private void NotAveraged(IReadOnlyList<EpisodeRow> rows)
    {
        screen.WriteLine();
        screen.WriteLine(text.Words(FigureWord.NotAveraged));
        foreach (var row in rows.Take(10))
            screen.WriteLine($"  {TextTable.Printable(row.LeadKey, 60)} ({row.Episode})  {Day(row.AcceptedAt)} -> {Day(row.WonAt)}");
        if (rows.Count > 10)
            screen.WriteLine($"  ... +{rows.Count - 10}");
    }

    private void Restated(IReadOnlyList<RestatedFigure> restated)
    {
        screen.WriteLine();
        screen.WriteLine(text.Words(FigureWord.Restated));
        foreach (var (figure, row) in restated.Select(r => (r.Was, r)))
            screen.WriteLine($"  {TextTable.Printable(text.Name(figure.Id).Trim(), Name),-Name} {Day(figure.CutOff)}Z  {RestatedText.Said(text, row.Before)} -> {RestatedText.Said(text, row.Now)}");
    }

    private static string Day(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "?";
}
