using System.Text;
using CrmSync.Worker.Rules.Document;

namespace CrmSync.Worker.Reports.Weekly;

/// <summary>The parts of a page.</summary>
internal sealed class WeekHtml
{
    private readonly StringBuilder _out = new();

    /// <summary>A text made safe.</summary>
    public static string Text(string text) => HtmlHead.Text(text);

    /// <summary>What is HTML already.</summary>
    public WeekHtml Raw(string html)
    {
        _out.Append(html);
        return this;
    }

    /// <summary>Everything before the first section.</summary>
    public void Begin(string language, string title, string week, string quiet) => Raw(HtmlHead.Of(language, $"{title}: {week}", WeekStyle.Css))
        .Raw($"<header><h1>{Text(title)}</h1><p class=\"week\">{Text(week)}</p><p class=\"quiet\">{Text(quiet)}</p></header>\n");

    public WeekHtml Open(string title) => Raw($"<section><h2>{Text(title)}</h2>");

    public void Close() => Raw("</section>\n");

    public WeekHtml Heading(string title) => Raw($"<h3>{Text(title)}</h3>");

    public WeekHtml Line(string text) => Raw($"<p>{Text(text)}</p>");

    public WeekHtml Quiet(string text) => Raw($"<p class=\"quiet\">{Text(text)}</p>");

    /// <param name="rows">Cells that are HTML already; the first of each row is its name.</param>
    public void Table(IReadOnlyList<string> headers, IEnumerable<string[]> rows)
    {
        _out.Append("<table><thead><tr>").AppendJoin("", headers.Select(header => $"<th>{Text(header)}</th>")).Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
            _out.Append("<tr>").AppendJoin("", row.Select((cell, i) => i == 0 ? $"<th>{cell}</th>" : $"<td>{cell}</td>")).Append("</tr>\n");
        _out.Append("</tbody></table>\n");
    }

    public override string ToString() => _out.ToString();
}
