namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>Where in a row the columns lie that a mapping names; -1 for what it does not name.</summary>
internal sealed record CsvHeader(int Cells, IReadOnlyList<int> Columns, int Id, int JudgedAt, int Outcome)
{
    private const char NotDecoded = '\uFFFD';

    /// <exception cref="LeadFileException">There is no header, or it lacks a column.</exception>
    internal static CsvHeader Read(CsvReader rows, LeadMapping mapping, string file)
    {
        if (!rows.Read() || rows.Fault is not null)
            throw new LeadFileException(LeadFileFault.Data, file, rows.Fault ?? "The file is empty.", "The first line must name the columns.");
        var names = Enumerable.Range(0, rows.Cells).Select(cell => rows[cell].Trim().ToString()).ToList();
        if (names.Exists(name => name.Contains(NotDecoded)))
            throw new LeadFileException(LeadFileFault.Mapping, $"{mapping.File}", "The header is not in the encoding of the mapping.", "Write encoding: windows-1252, or save the file as UTF-8.");
        var problems = new List<LeadFileProblem>();
        var header = new CsvHeader(
            names.Count,
            [.. mapping.Columns.Select(column => Find(column.Header, $"{mapping.File}:{column.Line}:{column.ColumnInFile}"))],
            Find(mapping.Id, mapping.File), Find(mapping.JudgedAt, mapping.File), Find(mapping.Outcome.Header, mapping.File));
        return problems.Count == 0 ? header : throw new LeadFileException(LeadFileFault.Mapping, problems);

        int Find(string? name, string where)
        {
            var at = name is null ? -1 : names.IndexOf(name);
            if (name is not null && at < 0)
                problems.Add(new(where, $"The file has no column '{name}'.", names.Count == 1 ? $"It has one column only: check 'delimiter'." : Spelling.Suggest(name, names)));
            else if (at >= 0 && names.LastIndexOf(name!) != at)
                problems.Add(new(where, $"The file has two columns '{name}'.", "Rename one of them in the file."));
            return at;
        }
    }
}
