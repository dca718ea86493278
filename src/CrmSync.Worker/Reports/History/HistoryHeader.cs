using CrmSync.Worker.Rules;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Reports.History;

/// <summary>Where in a row the columns lie; -1 for an optional one that the file has not.</summary>
internal sealed record HistoryHeader(int Cells, int Lead, int Company, int Stage, int EnteredAt, int Source, int Owner, int Connection)
{
    private static readonly string[] Required = ["lead_id", "company_id", "stage", "entered_at"];

    /// <exception cref="LeadFileException">There is no header, or it lacks a column or has one twice.</exception>
    public static HistoryHeader Read(CsvReader rows, string file)
    {
        if (!rows.Read() || rows.Fault is not null)
            throw new LeadFileException(LeadFileFault.Data, file, rows.Fault ?? "The file is empty.", $"The first line must name the columns: {string.Join(',', Required)}[,source,owner,connection].");
        var names = Enumerable.Range(0, rows.Cells).Select(cell => rows[cell].Trim().ToString()).ToList();
        var problems = new List<LeadFileProblem>();
        foreach (var name in Required.Where(name => !names.Contains(name)))
            problems.Add(new($"{file}:1", $"The file has no column '{name}'.", names.Count == 1 ? "It has one column only: cells must be separated by commas, and the file be UTF-8." : Spelling.Suggest(name, names)));
        foreach (var name in names.Where(name => name.Length > 0).GroupBy(name => name).Where(same => same.Count() > 1))
            problems.Add(new($"{file}:1", $"The file has two columns '{TextTable.Printable(name.Key, 40)}'.", "Rename one of them."));
        return problems.Count > 0
            ? throw new LeadFileException(LeadFileFault.Data, problems)
            : new(names.Count, At("lead_id"), At("company_id"), At("stage"), At("entered_at"), At("source"), At("owner"), At("connection"));

        int At(string name) => names.IndexOf(name);
    }
}
