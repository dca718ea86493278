using System.Text;
using CrmSync.Leads.Texts.Agreement;

namespace CrmSync.Worker.Rules.Document;

/// <summary>Writes a page as Markdown with tables, lines ended by LF.</summary>
internal sealed class MarkdownWriter
{
    private readonly StringBuilder _out = new();

    private MarkdownWriter()
    {
    }

    internal static string Write(AgreementPage page)
    {
        var writer = new MarkdownWriter();
        writer.Line($"# {MarkdownText.Of(page.Title)}");
        writer.Line(MarkdownText.Start(page.Subtitle));
        writer._out.Append(string.Concat(page.About.Select(about =>
            $"- **{MarkdownText.Of(about.Label)}:** {string.Join("; ", about.Values.Select(MarkdownText.Of))}\n"))).Append('\n');
        foreach (var section in page.Sections)
            writer.Section(section, 2);
        return writer._out.ToString().TrimEnd('\n') + "\n";
    }

    private void Section(Section section, int level)
    {
        Line($"{new string('#', level)} {MarkdownText.Of(section.Title)}");
        foreach (var block in section.Blocks)
            Write(block, level);
    }

    private void Write(PageBlock block, int level)
    {
        switch (block)
        {
            case Section section:
                Section(section, level + 1);
                break;
            case Paragraph paragraph:
                Line(MarkdownText.Start(paragraph.Text));
                break;
            case Bullets bullets:
                List(bullets.Items, "");
                _out.Append('\n');
                break;
            case StepList steps:
                Line(string.Join('\n', steps.Items.Select((item, i) => $"{i + 1}. {Term(item)}")));
                break;
            case Terms terms:
                Line(string.Join('\n', terms.Items.Select(item => $"- {Term(item)}")));
                break;
            case PlainTable table:
                Rows(table.Columns, table.Rows, table.Numbers);
                break;
            case CriteriaTable criteria:
                foreach (var row in criteria.Rows)
                    Criterion(row, criteria.Columns[^1]);
                _out.Append('\n');
                break;
            case Framed framed:
                Line(MarkdownText.Fenced(framed.Text));
                break;
            case SignatureBoxes boxes:
                Rows(["", .. boxes.Parties], [.. boxes.Lines.Select(line => (IReadOnlyList<string>)[line, .. boxes.Parties.Select(_ => "")])], numbers: false);
                break;
            default:
                throw new NotSupportedException($"Markdown has no way to write {block.GetType().Name}.");
        }
    }

    private void Line(string text) => _out.Append(text).Append("\n\n");

    private static string Term(Term term) => $"**{MarkdownText.Of(term.Word)}{(term.Word[^1] is '?' or '.' ? "" : ":")}** {MarkdownText.Of(term.Meaning)}";

    // Conditions nest, which cells of a table cannot.
    private void Criterion(CriterionRow row, string points)
    {
        var worth = row.Points is null ? "" : $" ({MarkdownText.Of(points).ToLowerInvariant()}: {row.Points}{(row.Note is null ? "" : $", {MarkdownText.Of(row.Note)}")})";
        _out.Append($"- **{MarkdownText.Of(row.Title)}**{worth}: {Said(row.When)}\n");
        List(row.When.Parts, "  ");
    }

    private void List(IReadOnlyList<Clause> items, string indent)
    {
        foreach (var item in items)
        {
            _out.Append($"{indent}- {Said(item)}\n");
            List(item.Parts, indent + "  ");
        }
    }

    private static string Said(Clause statement) => MarkdownText.Start(statement.Text) + (statement.Parts.Count > 0 ? ":" : ".");

    private void Rows(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, bool numbers)
    {
        _out.Append($"| {string.Join(" | ", columns.Select(MarkdownText.Of))} |\n");
        _out.Append($"|{string.Concat(columns.Select((_, i) => numbers && i > 0 ? " --: |" : " --- |"))}\n");
        foreach (var row in rows)
            _out.Append($"| {string.Join(" | ", row.Select(MarkdownText.Of))} |\n");
        _out.Append('\n');
    }
}
