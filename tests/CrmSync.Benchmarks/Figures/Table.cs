namespace CrmSync.Benchmarks.Figures;

/// <summary>Rows of text under headings, for a terminal or for Markdown.</summary>
internal sealed class Table(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    public Table Add(params string[] cells)
    {
        _rows.Add(cells);
        return this;
    }

    /// <summary>The first column to the left, figures to the right.</summary>
    public IEnumerable<string> ToText()
    {
        var widths = headings.Select((heading, i) => _rows.Select(r => r[i].Length).Append(heading.Length).Max()).ToArray();
        return _rows.Prepend(headings)
            .Select(row => string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
    }

    public IEnumerable<string> ToMarkdown() =>
    [
        Line(headings),
        $"|{string.Concat(headings.Select((_, i) => i == 0 ? " --- |" : " ---: |"))}",
        .. _rows.Select(Line),
    ];

    private static string Line(string[] cells) => $"| {string.Join(" | ", cells)} |";
}
