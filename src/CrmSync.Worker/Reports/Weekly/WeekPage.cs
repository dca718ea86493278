using System.Globalization;
using CrmSync.Leads.Kpis;
using CrmSync.Leads.Texts.Figures;

namespace CrmSync.Worker.Reports.Weekly;

/// <summary>The week as one HTML file that asks for nothing else: no script, font, picture or address. Every word from outside is escaped.</summary>
/// <param name="criterion">What people call a criterion, by its id.</param>
internal sealed class WeekPage(WeekReport report, string language, Func<string, string> criterion)
{
    private const int MostCriteria = 8;
    private static readonly string[] Kpis = ["mql-to-sal", "sal-to-customer", "sal-to-won.median"];
    private static readonly string[] Further = ["mql-to-sal.explicit", "mql-to-sal.silent", "mql-to-sal.decided", "sal-to-customer.company", "sal-to-won.t10", "sal-to-won.t25"];
    private static readonly string[] Promises = ["sla.met", "leakage", "decision.time", "speed-to-lead", "disposition"];
    private static readonly string[] Against = ["override", "override.no.then-won", "override.yes.then-won"];
    private readonly WeekWords _words = new(language);
    private readonly FigureText _text = new(language);
    private readonly WeekHtml _html = new();

    public string Write()
    {
        _html.Begin(
            _text.Language, _words.Title, _words.Subtitle(report.Number, report.Year, report.FirstDay, report.LastDay), $"{_words.DataUpTo} {Moment(report.CutOff)}");
        Numbers();
        new WeekWaiting(_html, _words, _text, Moment).Write(report);
        Cards();
        Months();
        Figures(_words.Leakage, Promises);
        Reasons();
        Figures(_words.Overrides, Against);
        Restated();
        Definitions();
        return _html.Raw("</main>\n</body>\n</html>\n").ToString();
    }

    private void Numbers()
    {
        _html.Open(_words.ThisWeek).Raw("<ul class=\"tiles\">");
        foreach (var ((count, name), (before, _)) in report.Counts.Named(_words).Zip(report.Before.Named(_words)))
            _html.Raw($"<li><b>{_text.Count(count)}</b> {WeekHtml.Text(name)} <small>{WeekHtml.Text(_words.WeekBefore(_text.Count(before)))}</small></li>");
        _html.Raw("</ul>").Close();
    }

    private void Cards()
    {
        _html.Open(_words.Kpis).Quiet(_words.KpisSaid).Raw("<div class=\"cards\">");
        foreach (var figure in Kpis.Select(Figure))
            WeekCards.Write(_html, figure, _text, _words);
        _html.Raw("</div>");
        Table(Further);
        _html.Close();
    }

    private void Months()
    {
        if (!report.Months.Figures.Any(figure => figure is { By: not null, Value: not null }))
            return;
        _html.Open(_words.ByMonth).Quiet(_words.ByMonthSaid).Raw("<div class=\"cards\">");
        foreach (var id in Kpis)
            new WeekChart(_html, _text, _words).Write(_text.Name(id), [.. report.Months.Figures.Where(figure => figure.Id == id && figure.By is not null)]);
        _html.Raw("</div>").Close();
    }

    private void Figures(string title, IReadOnlyList<string> ids)
    {
        _html.Open(title);
        Table(ids);
        _html.Close();
    }

    private void Table(IReadOnlyList<string> ids) =>
        _html.Table(["", _text.Words(FigureWord.Value), "", _text.Words(FigureWord.Interval), "n", _text.Words(FigureWord.Open)], ids.Select(Figure).Select(figure => new[]
        {
            WeekHtml.Text(_text.FullName(figure.Id)), figure.Value is null ? $"<span class=\"quiet\">{WeekHtml.Text(figure.Remarks is [var first, ..] ? _text.Remark(first) : "")}</span>" : $"<b>{WeekHtml.Text(_text.Value(figure, figure.Value))}</b>",
            WeekStyle.Bar(figure), WeekHtml.Text(_text.Interval(figure)),
            figure.Numerator is { } hits ? $"{_text.Count(hits)} / {_text.Count(figure.N)}" : _text.Count(figure.N), figure.Open > 0 ? _text.Count(figure.Open) : "",
        }));

    private void Reasons()
    {
        var reasons = report.OfWeek.Figures.Where(figure => figure.Id == "rejection.reason").OrderByDescending(figure => figure.Numerator).ToList();
        _html.Open(_words.Reasons);
        if (reasons.Count == 0)
            _html.Line(_words.NoRejections);
        else
            Counted(reasons, _text.Part);
        var unmet = report.OfWeek.Figures.Where(figure => figure.Id == FigureOrder.Criterion).Take(MostCriteria).ToList();
        if (unmet.Count > 0)
        {
            _html.Heading(_words.Unmet);
            Counted(unmet, criterion);
        }
        _html.Close();
    }

    private void Counted(List<KpiFigure> parts, Func<string, string> name) => _html.Table(["", "", "n"], parts.Select(part => new[]
    {
        WeekHtml.Text(name(part.By!)), WeekStyle.Bar(part.N == 0 ? 0 : (decimal)(part.Numerator ?? 0) / part.N), _text.Count(part.Numerator ?? 0),
    }));

    private void Restated()
    {
        if (report.Restated.Count == 0)
            return;
        _html.Open(_words.Restated).Quiet(_words.RestatedSaid);
        _html.Table(["", _words.Told, _words.Was, _words.Now], report.Restated.Select(restated => new[]
        {
            WeekHtml.Text(_text.FullName(restated.Was.Id)), WeekHtml.Text(Moment(restated.Was.CutOff)),
            WeekHtml.Text(RestatedText.Said(_text, restated.Before)), WeekHtml.Text(RestatedText.Said(_text, restated.Now)),
        }));
        _html.Close();
    }

    private void Definitions()
    {
        _html.Raw($"<section><details><summary>{WeekHtml.Text(_words.Definitions)}</summary><dl>");
        foreach (var id in Kpis.Concat(Further).Concat(Promises).Concat(Against))
            _html.Raw($"<dt>{WeekHtml.Text(_text.FullName(id))} <small>{id}</small></dt><dd>{WeekHtml.Text(_text.Definition(id))}</dd>");
        _html.Raw("</dl></details></section>\n");
    }

    private KpiFigure Figure(string id) => report.All.Figures.First(figure => figure.Id == id && figure.By is null);

    private string Moment(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, report.Zone).ToString(_text.Language == "da" ? "dd.MM.yyyy HH.mm" : "d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
}
