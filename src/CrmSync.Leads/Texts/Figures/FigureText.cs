using System.Globalization;
using CrmSync.Leads.Kpis;

namespace CrmSync.Leads.Texts.Figures;

/// <summary>Figures in words and numbers of one language: <c>da</c>, or English for anything else.</summary>
public sealed class FigureText(string language)
{
    private static readonly Dictionary<string, FigureTexts> All =
        KpiFigureTexts.All.Concat(WorkFigureTexts.All).ToDictionary(text => text.Key, text => text.Value, StringComparer.Ordinal);

    private readonly bool _danish = language == "da";

    /// <summary>Every definition's id, in the order in which they are shown.</summary>
    public static IReadOnlyCollection<string> Ids => All.Keys;

    public string Language => _danish ? "da" : "en";

    public static FigureSection SectionOf(string id) => All.TryGetValue(id, out var text) ? text.Section : FigureSection.Stages;

    /// <summary>Beginning with blanks where it explains the figure above.</summary>
    public string Name(string id) => All.TryGetValue(id, out var text) ? text.Name.In(language) : id;

    /// <summary>Beginning with the name of the figure that it explains, where it does.</summary>
    public string FullName(string id)
    {
        var (head, name) = ("", Name(id));
        if (name is not [' ', ..])
            return name;
        foreach (var other in Ids.TakeWhile(other => other != id).Select(Name).Where(other => other is not [' ', ..]))
            head = other;
        return $"{head}, {name.Trim()}";
    }

    public string Definition(string id) => All.TryGetValue(id, out var text) ? text.Definition.In(language) : "";

    public string Section(FigureSection section) => FigureWords.Sections[section].In(language);

    /// <summary>A rejection's reason or a stage, by its code; any other name as it is.</summary>
    public string Part(string code) => FigureWords.Parts.TryGetValue(code, out var words) ? words.In(language) : code;

    public string Remark(KpiRemark remark)
    {
        var text = FigureWords.Remarks[remark.Kind].In(language);
        return remark.Number is { } number ? string.Format(CultureInfo.InvariantCulture, text, number) : text;
    }

    public string Remarks(KpiFigure figure) => string.Join("; ", figure.Remarks.Select(Remark));

    /// <summary>A value as people write it: "62 %", "18.4 d", "7.5 h"; nothing for none.</summary>
    public string Value(KpiFigure figure, decimal? value) => value is not { } v ? "" : figure.Measure switch
    {
        KpiMeasure.Share => $"{Number(v * 100, "0.0")} %",
        KpiMeasure.Days => $"{Number(v, "0.0")} d",
        KpiMeasure.Hours => _danish ? $"{Number(v, "0.0")} t" : $"{Number(v, "0.0")} h",
        _ => Number(v, "0.##"),
    };

    /// <summary>The interval, or nothing where there is none; one that has no end says so.</summary>
    public string Interval(KpiFigure figure)
    {
        if (figure.Low is null && figure.High is null)
            return "";
        var unit = Value(figure, figure.High ?? figure.Low);
        var low = figure.Low is { } l ? Number(figure.Measure == KpiMeasure.Share ? l * 100 : l, "0.0") : "?";
        return figure.High is null ? $"{low} - ?" : $"{low} - {unit}";
    }

    /// <summary>1,234 or 1.234.</summary>
    public string Count(long count) => Number(count, "#,0");

    public string Words(FigureWord word) => FigureWords.Words[word].In(language);

    private string Number(decimal value, string format)
    {
        var text = value.ToString(format, CultureInfo.InvariantCulture);
        return _danish ? text.Replace(',', ' ').Replace('.', ',').Replace(' ', '.') : text;
    }
}
