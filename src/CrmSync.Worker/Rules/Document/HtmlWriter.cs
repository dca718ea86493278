using System.Text;
using CrmSync.Leads.Texts.Agreement;

namespace CrmSync.Worker.Rules.Document;

/// <summary>Writes a page as one HTML file that asks for nothing else. Every word is escaped.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _out = new();

    private HtmlWriter()
    {
    }

    internal static string Write(AgreementPage page)
    {
        var writer = new HtmlWriter();
        writer._out.Append(HtmlHead.Of(page.Language, SafeText.Line($"{page.Title}: {page.Subtitle}"), PageStyle.Css));
        writer.Header(page);
        foreach (var section in page.Sections)
            writer.Section(section, 2);
        writer._out.Append("</main>\n</body>\n</html>\n");
        return writer._out.ToString();
    }

    private void Header(AgreementPage page)
    {
        _out.Append($"<header>\n<h1>{Text(page.Title)}</h1>\n<p class=\"subtitle\">{Text(page.Subtitle)}</p>\n<dl class=\"about\">\n");
        foreach (var (label, values) in page.About)
            _out.Append($"<div><dt>{Text(label)}</dt>{string.Concat(values.Select(value => $"<dd>{Text(value)}</dd>"))}</div>\n");
        _out.Append("</dl>\n<nav><ol>");
        foreach (var section in page.Sections)
            _out.Append($"<li><a href=\"#{section.Id}\">{Text(section.Title)}</a></li>");
        _out.Append("</ol></nav>\n</header>\n");
    }

    private void Section(Section section, int level)
    {
        _out.Append($"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\">\n<h{level} id=\"{section.Id}-title\">{Text(section.Title)}</h{level}>\n");
        foreach (var block in section.Blocks)
            Write(block, level);
        _out.Append("</section>\n");
    }

    private void Write(PageBlock block, int level)
    {
        switch (block)
        {
            case Section section:
                Section(section, level + 1);
                break;
            case Paragraph paragraph:
                _out.Append($"<p>{Text(paragraph.Text)}</p>\n");
                break;
            case Bullets bullets:
                List(bullets.Items);
                break;
            case StepList steps:
                _out.Append($"<ol class=\"steps\">{string.Concat(steps.Items.Select(item => $"<li><strong>{Text(item.Word)}</strong> {Text(item.Meaning)}</li>"))}</ol>\n");
                break;
            case Terms terms:
                _out.Append($"<dl class=\"terms\">{string.Concat(terms.Items.Select(item => $"<div><dt>{Text(item.Word)}</dt><dd>{Text(item.Meaning)}</dd></div>\n"))}</dl>\n");
                break;
            case PlainTable table:
                Rows(table);
                break;
            case CriteriaTable criteria:
                Criteria(criteria);
                break;
            case Framed framed:
                _out.Append($"<pre>{string.Join('\n', SafeText.Lines(framed.Text).Select(HtmlHead.Text))}</pre>\n");
                break;
            case SignatureBoxes boxes:
                Signatures(boxes);
                break;
            default:
                throw new NotSupportedException($"HTML has no way to write {block.GetType().Name}.");
        }
    }

    private void List(IReadOnlyList<Clause> items) =>
        _out.Append($"<ul>{string.Concat(items.Select(item => $"<li>{Said(item)}</li>"))}</ul>\n");

    private static string Said(Clause statement) => statement.Parts.Count == 0
        ? Text(statement.Text)
        : $"{Text(statement.Text)}:<ul>{string.Concat(statement.Parts.Select(part => $"<li>{Said(part)}</li>"))}</ul>";

    private void Rows(PlainTable table)
    {
        _out.Append($"<table{(table.Numbers ? " class=\"numbers\"" : "")}>\n");
        Columns(table.Columns);
        foreach (var row in table.Rows)
            _out.Append($"<tr><th scope=\"row\">{Text(row[0])}</th>{string.Concat(row.Skip(1).Select(cell => $"<td>{Text(cell)}</td>"))}</tr>\n");
        _out.Append("</tbody></table>\n");
    }

    private void Criteria(CriteriaTable table)
    {
        _out.Append("<table class=\"criteria\">\n");
        Columns(table.Columns);
        foreach (var row in table.Rows)
        {
            var note = row.Note is null ? "" : $" <small>{Text(row.Note)}</small>";
            var points = table.Columns.Count < 3 ? "" : $"<td class=\"points\"><b data-unit=\"{Text(table.Columns[^1]).ToLowerInvariant()}\">{Text(row.Points ?? "")}</b>{note}</td>";
            _out.Append($"<tr><th scope=\"row\">{Text(row.Title)}</th><td>{Said(row.When)}</td>{points}</tr>\n");
        }
        _out.Append("</tbody></table>\n");
    }

    private void Columns(IReadOnlyList<string> columns) =>
        _out.Append($"<thead><tr>{string.Concat(columns.Select(column => $"<th scope=\"col\">{Text(column)}</th>"))}</tr></thead>\n<tbody>\n");

    private void Signatures(SignatureBoxes boxes)
    {
        _out.Append("<div class=\"signatures\">\n");
        foreach (var party in boxes.Parties)
            _out.Append($"<div><h3>{Text(party)}</h3>{string.Concat(boxes.Lines.Select(line => $"<p>{Text(line)}</p>"))}</div>\n");
        _out.Append("</div>\n");
    }

    private static string Text(string text) => HtmlHead.Text(SafeText.Line(text));
}
