using System.Globalization;

namespace CrmSync.Worker.Reports;

/// <summary>
/// Lines of aligned columns for a terminal: the first to the left, all others to the right unless told. Control characters in a
/// cell are shown as question marks, since a cell may come from a file.
/// </summary>
internal sealed class TextTable(params string[] headers)
{
    /// <summary>No line is wider, in characters.</summary>
    public const int Wide = 120;

    private const string Gap = "  ";
    private const int Widest = 60;
    private readonly List<string[]> _rows = [headers];
    private readonly HashSet<int> _left = [0];

    /// <summary>Aligns a column to the left.</summary>
    public TextTable Left(int column)
    {
        _left.Add(column);
        return this;
    }

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(cell => Printable(cell, Widest))]);

    public void Print(TextWriter screen)
    {
        var widths = Enumerable.Range(0, headers.Length).Select(i => _rows.Max(row => row[i].Length)).ToArray();
        foreach (var row in _rows)
            screen.WriteLine((Gap + string.Join(Gap, row.Select((cell, i) => _left.Contains(i) ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i])))).TrimEnd());
    }

    /// <summary>1,234</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 lead", "1,234 leads"</summary>
    public static string Count(long count, string one) => $"{Count(count)} {one}{(count == 1 ? "" : "s")}";

    /// <summary>A text in lines that fit a terminal, broken between words; all but the first begin with a margin.</summary>
    public static IEnumerable<string> Lines(string text, int width = Wide, string margin = "")
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > margin.Length && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = margin + word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }
        yield return line;
    }

    /// <summary>A share (0 to 1) as "12 %".</summary>
    public static string Percent(decimal share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A part of a whole as "12 %", or nothing of nothing.</summary>
    public static string Percent(long part, long whole) => whole == 0 ? "" : Percent((decimal)part / whole);

    /// <summary>A text cut to so many characters, without control characters.</summary>
    public static string Printable(string text, int widest)
    {
        var shown = text.Length > widest ? string.Concat(text.AsSpan(0, widest - 3), "...") : text;
        return shown.Any(char.IsControl) ? new string([.. shown.Select(c => char.IsControl(c) ? '?' : c)]) : shown;
    }
}
