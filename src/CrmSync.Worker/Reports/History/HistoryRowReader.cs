using CrmSync.Leads.Kpis;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Reports.History;

/// <summary>Turns rows of a history file into entries, or says what is wrong with them.</summary>
internal sealed class HistoryRowReader(HistoryHeader header)
{
    private const char NotDecoded = '\uFFFD';
    private const int LongestId = 500;
    private static readonly string[] Stages = Enum.GetNames<HistoryStage>();

    /// <summary>So many of the next rows; the block is empty at the end.</summary>
    public HistoryBlock Read(CsvReader rows, int most, CancellationToken cancellationToken)
    {
        var block = new HistoryBlock();
        for (var count = 0; count < most && rows.Read(); count++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(rows, block);
        }
        return block;
    }

    private void Read(CsvReader row, HistoryBlock block)
    {
        if (row.Fault is not null || row.Cells != header.Cells)
        {
            Bad(null, row.Fault ?? $"The row has {row.Cells} cells, the header {header.Cells}.");
            return;
        }
        if (row.Holds(NotDecoded))
        {
            Bad(null, "The row is not UTF-8.");
            return;
        }
        var lead = row[header.Lead].Trim();
        var company = row[header.Company].Trim();
        var stage = StageOf(row[header.Stage].Trim());
        if (lead.IsEmpty)
            Bad("lead_id", "The lead has no id.");
        else if (lead.Length > LongestId || company.Length > LongestId)
            Bad(lead.Length > LongestId ? "lead_id" : "company_id", $"The id is longer than {LongestId} characters.");
        else if (stage < 0)
            Bad("stage", $"The stage is none of {string.Join(", ", Stages)}.");
        else if (HistoryInstant.Parse(row[header.EnteredAt].Trim()) is not { } ticks)
            Bad("entered_at", $"Expected {InstantReader.Expected}.");
        else
            block.Next() = Entry(row, lead, company, block, (stage, ticks));

        void Bad(string? column, string message) => block.Problems.Add(row.Line, column, message);
    }

    private HistoryEntry Entry(CsvReader row, ReadOnlySpan<char> lead, ReadOnlySpan<char> company, HistoryBlock block, (int Stage, long Ticks) at)
    {
        var connection = Cell(row, header.Connection);
        // Ids of two connections are none of each other's.
        var scope = connection.IsEmpty ? 0 : HistoryPrint.Of(connection, 0).Check;
        var (print, check) = HistoryPrint.Of(lead, scope);
        return new(
            print, check, at.Ticks, row.Line, company.IsEmpty ? 0 : HistoryPrint.Of(company, scope).Lead | 1, block.Sources.NumberOf(Cell(row, header.Source)),
            block.Owners.NumberOf(Cell(row, header.Owner)), (short)block.Connections.NumberOf(connection), (byte)at.Stage);
    }

    private static ReadOnlySpan<char> Cell(CsvReader row, int cell) => cell < 0 ? [] : row[cell].Trim();

    private static int StageOf(ReadOnlySpan<char> name)
    {
        for (var stage = 0; stage < Stages.Length; stage++)
            if (name.SequenceEqual(Stages[stage]))
                return stage;
        return -1;
    }
}
