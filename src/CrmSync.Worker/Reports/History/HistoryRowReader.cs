using System.Runtime.InteropServices;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Reports.History;

/// <summary>Turns one row of a history file into an entry, or says what is wrong with it.</summary>
internal sealed class HistoryRowReader(HistoryHeader header, HistoryProblems problems)
{
    private const char NotDecoded = '\uFFFD';
    private const int LongestId = 500;
    private const ulong Seed = 14695981039346656037;
    private const ulong OtherSeed = 0x9E3779B97F4A7C15;
    private static readonly string[] Stages = Enum.GetNames<HistoryStage>();

    public HistoryNames Sources { get; } = new(100_000);
    public HistoryNames Owners { get; } = new(100_000);
    public HistoryNames Connections { get; } = new(1_000);

    public HistoryEntry? Read(CsvReader row)
    {
        var problem = row.Fault ?? (row.Cells != header.Cells ? $"The row has {row.Cells} cells, the header {header.Cells}." : null);
        if (problem is not null)
            return Bad(row, null, problem);
        if (row.Holds(NotDecoded))
            return Bad(row, null, "The row is not UTF-8.");
        var lead = row[header.Lead].Trim();
        if (lead.IsEmpty)
            return Bad(row, "lead_id", "The lead has no id.");
        if (lead.Length > LongestId || row[header.Company].Length > LongestId)
            return Bad(row, lead.Length > LongestId ? "lead_id" : "company_id", $"The id is longer than {LongestId} characters.");
        var stage = StageOf(row[header.Stage].Trim());
        if (stage < 0)
            return Bad(row, "stage", $"The stage is none of {string.Join(", ", Stages)}.");
        if (HistoryInstant.Parse(row[header.EnteredAt].Trim()) is not { } ticks)
            return Bad(row, "entered_at", $"Expected {InstantReader.Expected}.");
        return Entry(row, lead, stage, ticks);
    }

    private HistoryEntry? Entry(CsvReader row, ReadOnlySpan<char> lead, int stage, long ticks)
    {
        var (source, owner, connection) = (Number(row, header.Source, Sources), Number(row, header.Owner, Owners), Number(row, header.Connection, Connections));
        if (source is null || owner is null || connection is null)
            return Bad(row, source is null ? "source" : owner is null ? "owner" : "connection", "The column has too many different values to split by.");
        var company = row[header.Company].Trim();
        var scope = (ulong)(connection.Value + 1);
        return new(
            Print(lead, Seed ^ scope), Print(lead, OtherSeed + scope), ticks, row.Line, company.IsEmpty ? 0 : Print(company, Seed ^ scope) | 1,
            source.Value, owner.Value, (short)connection.Value, (byte)stage);
    }

    private static int? Number(CsvReader row, int cell, HistoryNames names) => cell < 0 ? HistoryEntry.None : names.NumberOf(row[cell].Trim());

    private HistoryEntry? Bad(CsvReader row, string? column, string message)
    {
        problems.Add(row.Line, column, message);
        return null;
    }

    // FNV-1a with a final mix, so that ids that differ in their last letter alone lie far apart.
    private static ulong Print(ReadOnlySpan<char> text, ulong seed)
    {
        var hash = seed;
        foreach (var c in MemoryMarshal.Cast<char, ushort>(text))
            hash = (hash ^ c) * 1099511628211;
        hash = (hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93;
        return hash ^ (hash >> 32);
    }

    private static int StageOf(ReadOnlySpan<char> name)
    {
        for (var stage = 0; stage < Stages.Length; stage++)
            if (name.SequenceEqual(Stages[stage]))
                return stage;
        return -1;
    }
}
