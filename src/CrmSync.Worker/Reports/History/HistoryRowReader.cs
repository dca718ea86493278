using System.Text;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Reports.History;

/// <summary>Turns rows of a history file into entries, or says what is wrong with them.</summary>
internal sealed class HistoryRowReader(HistoryHeader header)
{
    // Ids are limited in letters; of those a byte each is the least, and three are the most of what a text holds at one place.
    private const int LongestId = 500;
    private static readonly string[] Stages = Enum.GetNames<HistoryStage>();
    private static readonly byte[][] StagesInUtf8 = [.. Stages.Select(Encoding.UTF8.GetBytes)];

    // By length and third letter, which tell them all apart: which one it may be, and 0 where it may be none.
    private const int MostLetters = 32;
    private static readonly byte[] MaybeStages = Maybe();

    /// <summary>All rows of some lines.</summary>
    public HistoryBlock Read(HistoryLines lines, CancellationToken cancellationToken)
    {
        var (block, cells) = (new HistoryBlock(), new HistoryCells());
        while (lines.Read(cells))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(cells, block);
        }
        return block;
    }

    /// <summary>So many of the next rows; the block is empty at the end.</summary>
    public HistoryBlock Read(CsvReader rows, int most, CancellationToken cancellationToken)
    {
        var (block, cells) = (new HistoryBlock(), new HistoryCells());
        for (var count = 0; count < most && rows.Read(); count++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            cells.Take(rows);
            Read(cells, block);
        }
        return block;
    }

    private void Read(HistoryCells row, HistoryBlock block)
    {
        if (row.Fault is not null || row.Count != header.Cells)
        {
            Bad(null, row.Fault ?? $"The row has {row.Count} cells, the header {header.Cells}.");
            return;
        }
        var lead = row[header.Lead];
        var company = row[header.Company];
        if (lead.IsEmpty)
            Bad("lead_id", "The lead has no id.");
        else if (IsTooLong(lead) || IsTooLong(company))
            Bad(IsTooLong(lead) ? "lead_id" : "company_id", $"The id is longer than {LongestId} characters.");
        else if (StageOf(row[header.Stage]) is not { } stage)
            Bad("stage", $"The stage is none of {string.Join(", ", Stages)}.");
        else if (HistoryInstant.Parse(row[header.EnteredAt]) is not { } ticks)
            Bad("entered_at", $"Expected {InstantReader.Expected}.");
        else
            Fill(ref block.Next(), row, block, lead, company, (stage, ticks));

        void Bad(string? column, string message) => block.Problems.Add(row.Line, column, message);
    }

    private void Fill(ref HistoryEntry entry, HistoryCells row, HistoryBlock block, ReadOnlySpan<byte> lead, ReadOnlySpan<byte> company, (byte Stage, long Ticks) at)
    {
        var connection = Cell(row, header.Connection);
        // Ids of two connections are none of each other's.
        var scope = connection.IsEmpty ? 0 : HistoryPrint.Of(connection, 0).Check;
        (entry.Lead, entry.LeadCheck) = HistoryPrint.Of(lead, scope);
        (entry.Ticks, entry.Line, entry.Stage) = (at.Ticks, row.Line, at.Stage);
        entry.Company = company.IsEmpty ? 0 : HistoryPrint.Of(company, scope).Lead | 1;
        entry.Source = block.Sources.NumberOf(Cell(row, header.Source));
        entry.Owner = block.Owners.NumberOf(Cell(row, header.Owner));
        entry.Connection = block.Connections.NumberOf(connection);
    }

    private static ReadOnlySpan<byte> Cell(HistoryCells row, int cell) => cell < 0 ? [] : row[cell];

    private static bool IsTooLong(ReadOnlySpan<byte> id) => id.Length > LongestId && Encoding.UTF8.GetCharCount(id) > LongestId;

    private static byte? StageOf(ReadOnlySpan<byte> name)
    {
        if (name.Length is < 3 or >= MostLetters)
            return null;
        var maybe = MaybeStages[PlaceOf(name)];
        return name.SequenceEqual(StagesInUtf8[maybe]) ? maybe : null;
    }

    private static int PlaceOf(ReadOnlySpan<byte> name) => (name.Length * MostLetters) | (name[2] % MostLetters);

    private static byte[] Maybe()
    {
        var maybe = new byte[MostLetters * MostLetters];
        for (var stage = 0; stage < StagesInUtf8.Length; stage++)
            maybe[PlaceOf(StagesInUtf8[stage])] = (byte)stage;
        return maybe;
    }
}
