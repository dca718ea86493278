using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using CrmSync.Leads.Kpis;
using CrmSync.Leads.Texts.Figures;

namespace CrmSync.Worker.Reports;

/// <summary>The week as one HTML file that asks for nothing else: no script, font, picture or address. Every word from outside is escaped.</summary>
internal sealed class WeekPage(WeekReport report, string language)
{
    private const int MostLeads = 40;
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly string[] Kpis = ["mql-to-sal", "sal-to-customer", "sal-to-customer.company", "sal-to-won.median", "sal-to-won.t10", "sal-to-won.t25"];
    private static readonly string[] Promises = ["sla.met", "leakage", "decision.time", "disposition"];
    private static readonly string[] Against = ["override", "override.no.then-won", "override.yes.then-won"];
    private readonly WeekWords _words = new(language);
    private readonly FigureText _text = new(language);
    private readonly StringBuilder _out = new();

    public string Write()
    {
        Begin();
        Numbers();
        Waiting();
        Figures(_words.Kpis, _words.KpisSaid, Kpis, report.All);
        Figures(_words.Leakage, null, Promises, report.All);
        Reasons();
        Figures(_words.Overrides, null, Against, report.All);
        Definitions();
        return _out.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private void Begin()
    {
        var subtitle = _words.Subtitle(report.Number, report.Year, Day(report.Week.From!.Value), Day(report.Week.To!.Value.AddTicks(-1)));
        _out.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="{_text.Language}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Html(_words.Title)}: {Html(subtitle)}</title>
            <style>
            {WeekStyle.Css}
            </style>
            </head>
            <body>
            <main>
            <header><h1>{Html(_words.Title)}</h1><p class="quiet">{Html(subtitle)}. {Html(_words.DataUpTo)} {Html(Moment(report.CutOff))}.</p></header>

            """);
    }

    private void Numbers()
    {
        _out.Append(CultureInfo.InvariantCulture, $"<section><h2>{Html(_words.ThisWeek)}</h2><ul class=\"tiles\">");
        foreach (var (count, name) in new[]
        {
            (report.Counts.Qualified, _words.Qualified), (report.Counts.Offered, _words.Offered), (report.Counts.Accepted, _words.Accepted),
            (report.Counts.Rejected, _words.Rejected), (report.Counts.Won, _words.Won),
        })
            _out.Append(CultureInfo.InvariantCulture, $"<li><b>{_text.Count(count)}</b> {Html(name)}</li>");
        _out.Append("</ul></section>\n");
    }

    private void Waiting()
    {
        _out.Append(CultureInfo.InvariantCulture, $"<section><h2>{Html(_words.Waiting)}</h2>");
        if (report.Waiting.Count == 0)
        {
            _out.Append(CultureInfo.InvariantCulture, $"<p>{Html(_words.NobodyWaits)}</p></section>\n");
            return;
        }
        _out.Append(CultureInfo.InvariantCulture, $"<p>{Html(_words.WaitingSaid(report.Waiting.Count, report.Overdue))}</p><h3>{Html(_words.Owes)}</h3>");
        Table([_words.Owner, _words.Count, _words.Overdue], report.Waiting.GroupBy(lead => lead.OwnerId).OrderByDescending(owner => owner.Count())
            .Select(owner => new[] { Html(owner.Key ?? _words.Nobody), _text.Count(owner.Count()), _text.Count(owner.Count(lead => lead.DueAt <= report.CutOff)) }));
        Table([_words.Lead, _words.Owner, _words.Due], report.Waiting.Take(MostLeads).Select(lead => new[]
        {
            lead.Link is { } link ? $"<a href=\"{Html(link.ToString())}\" rel=\"noreferrer\">{Html($"{lead.Connection}/{lead.LeadId}")}</a>" : Html($"{lead.Connection}/{lead.LeadId}"),
            Html(lead.OwnerId ?? _words.Nobody),
            lead.DueAt is { } due ? $"<span{(due <= report.CutOff ? " class=\"late\"" : "")}>{Html(Moment(due))}</span>" : "",
        }));
        if (report.Waiting.Count > MostLeads)
            _out.Append(CultureInfo.InvariantCulture, $"<p>{Html(_words.More(report.Waiting.Count - MostLeads))}</p>");
        _out.Append("</section>\n");
    }

    private void Figures(string title, string? said, IReadOnlyList<string> ids, KpiReport of)
    {
        _out.Append(CultureInfo.InvariantCulture, $"<section><h2>{Html(title)}</h2>");
        if (said is not null)
            _out.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">{Html(said)}</p>");
        Table(["", _text.Words(FigureWord.Value), "", _text.Words(FigureWord.Interval), "n", _text.Words(FigureWord.Open)], ids.Select(id => of.Figures.First(figure => figure.Id == id && figure.By is null)).Select(figure => new[]
        {
            Name(figure.Id), figure.Value is null ? $"<span class=\"quiet\">{Html(figure.Remarks is [var first, ..] ? _text.Remark(first) : "")}</span>" : $"<b>{Html(_text.Value(figure, figure.Value))}</b>",
            WeekStyle.Bar(figure), Html(_text.Interval(figure)),
            figure.Numerator is { } hits ? $"{_text.Count(hits)} / {_text.Count(figure.N)}" : _text.Count(figure.N), figure.Open > 0 ? _text.Count(figure.Open) : "",
        }));
        _out.Append("</section>\n");
    }

    private void Reasons()
    {
        var reasons = report.OfWeek.Figures.Where(figure => figure.Id == "rejection.reason").OrderByDescending(figure => figure.Numerator).ToList();
        _out.Append(CultureInfo.InvariantCulture, $"<section><h2>{Html(_words.Reasons)}</h2>");
        if (reasons.Count == 0)
            _out.Append(CultureInfo.InvariantCulture, $"<p>{Html(_words.NoRejections)}</p>");
        else
            Table(["", "n"], reasons.Select(figure => new[] { Html(_text.Part(figure.By!)), _text.Count(figure.Numerator ?? 0) }));
        _out.Append("</section>\n");
    }

    private void Definitions()
    {
        _out.Append(CultureInfo.InvariantCulture, $"<section><details><summary>{Html(_words.Definitions)}</summary><dl>");
        foreach (var id in Kpis.Concat(Promises).Concat(Against))
            _out.Append(CultureInfo.InvariantCulture, $"<dt>{Html(_text.Name(id).Trim())} <small>{id}</small></dt><dd>{Html(_text.Definition(id))}</dd>");
        _out.Append("</dl></details></section>\n");
    }

    private void Table(IReadOnlyList<string> headers, IEnumerable<string[]> rows)
    {
        _out.Append("<table><thead><tr>").AppendJoin("", headers.Select(header => $"<th>{Html(header)}</th>")).Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
            _out.Append("<tr>").AppendJoin("", row.Select((cell, i) => i == 0 ? $"<th>{cell}</th>" : $"<td>{cell}</td>")).Append("</tr>\n");
        _out.Append("</tbody></table>\n");
    }

    /// <summary>What explains the figure above stands in from the margin.</summary>
    private string Name(string id) => _text.Name(id) is [' ', ..] and var name ? $"<span class=\"sub\">{Html(name.Trim())}</span>" : Html(_text.Name(id));

    private static string Html(string text) => Encoder.Encode(text);

    private string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, report.Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Moment(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, report.Zone).ToString(_text.Language == "da" ? "dd.MM.yyyy HH.mm" : "d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
}
