using System.Globalization;

namespace CrmSync.Benchmarks.Figures;

/// <summary>Reports for a terminal and for pasting.</summary>
internal static class ReportText
{
    public static string Plain(BarReport report) => Joined(
    [
        "",
        $"== {report.Name}: {report.Title}",
        "",
        .. report.Tables.Append(BarTable(report)).SelectMany(table => table.ToText().Append("")),
        .. report.Notes.Select(note => $"- {note}"),
    ]);

    public static string Markdown(IEnumerable<BarReport> reports, IReadOnlyList<string> machine) => Joined(
    [
        string.Create(CultureInfo.InvariantCulture, $"Measured {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC on {machine[0]}; {machine[1]}."),
        "",
        .. reports.SelectMany(Markdown),
    ]);

    private static IEnumerable<string> Markdown(BarReport report) =>
    [
        $"## {report.Name}: {report.Title}",
        "",
        .. report.Tables.Prepend(BarTable(report)).SelectMany(table => table.ToMarkdown().Append("")),
        .. report.Notes.Select(note => $"- {note}"),
        "",
    ];

    private static Table BarTable(BarReport report)
    {
        var table = new Table("ratio", "median (min..max)", "bar", "");
        foreach (var line in report.Lines)
            table.Add(line.What, line.Measured.Text(line.Format), line.Bar, line.Holds ? "holds" : "MISSED");
        return table;
    }

    private static string Joined(IEnumerable<string> lines) => string.Join('\n', lines);
}
