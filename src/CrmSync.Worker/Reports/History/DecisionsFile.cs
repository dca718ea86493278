using System.Text;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Rules.LeadFiles;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports.History;

/// <summary>Old decisions of sales from a CSV: <c>lead_id,decision,reason,decided_at,decided_by</c>.</summary>
internal static class DecisionsFile
{
    private static readonly string[] Columns = ["lead_id", "decision", "reason", "decided_at", "decided_by"];

    private static readonly Dictionary<string, HistoryStage> Decisions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["accept"] = HistoryStage.SalesAccepted, ["accepted"] = HistoryStage.SalesAccepted, ["reject"] = HistoryStage.Rejected, ["rejected"] = HistoryStage.Rejected,
        ["return"] = HistoryStage.Returned, ["returned"] = HistoryStage.Returned, ["disqualified"] = HistoryStage.Disqualified, ["recycled"] = HistoryStage.Recycled,
    };

    /// <summary>The rows that can be read; the others are listed.</summary>
    /// <exception cref="LeadFileException">It is not there, or its header lacks a column.</exception>
    public static (IReadOnlyList<HistoryRow> Rows, HistoryProblems Problems) Read(string path, string connection)
    {
        using var text = new StreamReader(SmallFile.Open(path), Encoding.UTF8);
        var csv = new CsvReader(text, ',');
        var at = Header(csv, path);
        var (rows, problems) = (new List<HistoryRow>(), new HistoryProblems());
        while (csv.Read())
        {
            var (column, problem) = Problem(csv, at);
            if (problem is not null)
            {
                problems.Add(csv.Line, column, problem);
                continue;
            }
            var (reason, by) = (Cell(csv, at[2]), Cell(csv, at[4]));
            rows.Add(new(
                connection, Cell(csv, at[0]), new(HistoryInstant.Parse(Cell(csv, at[3]))!.Value, TimeSpan.Zero), Decisions[Cell(csv, at[1])],
                by.Length > 0 ? $"person:{by}" : "unknown", ReasonOf(reason), HistoryOrigin.Decisions));
        }
        return (rows, problems);
    }

    private static int[] Header(CsvReader csv, string path)
    {
        if (!csv.Read() || csv.Fault is not null)
            throw new LeadFileException(LeadFileFault.Data, path, csv.Fault ?? "The file is empty.", $"The first line must name the columns: {string.Join(',', Columns)}.");
        var names = Enumerable.Range(0, csv.Cells).Select(cell => Cell(csv, cell)).ToList();
        var missing = Columns.Where(name => !names.Contains(name)).ToList();
        return missing.Count == 0
            ? [.. Columns.Select(name => names.IndexOf(name))]
            : throw new LeadFileException(LeadFileFault.Data, [.. missing.Select(name => new LeadFileProblem($"{path}:1", $"The file has no column '{name}'.", Spelling.Suggest(name, names)))]);
    }

    private static (string? Column, string? Problem) Problem(CsvReader csv, int[] at)
    {
        if (csv.Fault is { } fault)
            return (null, fault);
        if (csv.Cells <= at.Max())
            return (null, $"The row has {csv.Cells} cells only.");
        if (Cell(csv, at[0]).Length == 0)
            return ("lead_id", "The lead has no id.");
        if (!Decisions.ContainsKey(Cell(csv, at[1])))
            return ("decision", $"The decision is none of {string.Join(", ", Decisions.Keys)}.");
        return HistoryInstant.Parse(Cell(csv, at[3])) is null ? ("decided_at", $"Expected {InstantReader.Expected}.") : (null, null);
    }

    /// <summary>A code of ours or of the answer field; words of somebody's own are another reason.</summary>
    private static string? ReasonOf(string reason)
    {
        if (reason.Length == 0)
            return null;
        if (Enum.TryParse<RejectionReason>(reason, ignoreCase: true, out var known) && Enum.IsDefined(known))
            return known.ToString();
        return (Decision.Read(reason, reason).Reason ?? RejectionReason.Other).ToString();
    }

    private static string Cell(CsvReader csv, int cell) => csv[cell].Trim().ToString();
}
