using System.Globalization;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Reports.History;

/// <summary>A CSV of stages that leads came to, read without any CRM: <c>lead_id,company_id,stage,entered_at[,source,owner,connection]</c>.</summary>
internal sealed class HistoryFile
{
    private HistoryFile()
    {
    }

    /// <summary>What was left out.</summary>
    public HistoryProblems Problems { get; } = new();

    /// <summary>Rows that were taken.</summary>
    public long Rows { get; private set; }

    public long Leads { get; private set; }
    public long Episodes { get; private set; }

    /// <summary>Episodes that were accepted before they were MQL: outside MQL to SAL.</summary>
    public long AcceptedFirst { get; private set; }

    /// <summary>The latest instant of the rows; null: there is none.</summary>
    public DateTimeOffset? Latest { get; private set; }

    /// <summary>Reads a file and hands out its episodes once all rows are known, those of one lead one after the other.</summary>
    /// <param name="take">Receives the latest instant, and then the episodes.</param>
    /// <exception cref="LeadFileException">It is not there, or its header is wrong, or the disk fails.</exception>
    public static HistoryFile Read(
        string path, Action<DateTimeOffset?, IEnumerable<EpisodeRow>> take, CancellationToken cancellationToken, int mostInMemory = HistorySorter.MostInMemory,
        int chunkSize = HistoryChunks.UsualSize)
    {
        using var bytes = SmallFile.Open(path);
        RequireUtf8(bytes, path);
        using var sorter = new HistorySorter(mostInMemory);
        var file = new HistoryFile();
        var rows = new HistoryRows(sorter, file.Problems);
        Fill(rows, new(bytes, chunkSize), path, cancellationToken);
        (file.Rows, file.Latest) = (rows.Count, rows.Latest);
        take(file.Latest, ReadAhead.Of(file.Fold(sorter.Sorted(), rows, cancellationToken)));
        return file;
    }

    private static void Fill(HistoryRows rows, HistoryChunks chunks, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var first = chunks.Next();
            var header = first?.Open() ?? new CsvReader(TextReader.Null, ',');
            var reader = new HistoryRowReader(HistoryHeader.Read(header, path));
            if (first is null)
                return;
            foreach (var block in HistoryBlocks.Of((first, header), chunks, reader, cancellationToken))
                using (block)
                    rows.Take(block);
        }
        catch (IOException)
        {
            throw new LeadFileException(LeadFileFault.NotThere, $"{path}:{rows.Line}", "The file cannot be read any further, or there is no room to sort it.", "Copy it to a local disk, and free some room for temporary files.");
        }
    }

    private IEnumerable<EpisodeRow> Fold(IEnumerable<ArraySegment<HistoryEntry>> stretches, HistoryRows names, CancellationToken cancellationToken)
    {
        var (fold, last, isAny) = (new HistoryFold("", imported: false), default(HistoryEntry), false);
        foreach (var stretch in stretches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < stretch.Count; i++)
            {
                var entry = stretch[i];
                if (!isAny || !entry.IsOfLead(last))
                {
                    foreach (var row in Counted(fold))
                        yield return row;
                    // The id itself is not kept: the line where the lead first comes finds it.
                    fold.Restart(string.Concat("line ", entry.Line.ToString(CultureInfo.InvariantCulture)));
                    Leads++;
                }
                (last, isAny) = (entry, true);
                fold.Add(EventOf(entry, names));
            }
        }
        foreach (var row in Counted(fold))
            yield return row;
    }

    private static HistoryEvent EventOf(in HistoryEntry entry, HistoryRows names) => new((HistoryStage)entry.Stage, new(entry.Ticks, TimeSpan.Zero))
    {
        Source = names.Sources.NameOf(entry.Source), Owner = names.Owners.NameOf(entry.Owner), Connection = names.Connections.NameOf(entry.Connection),
        CompanyPrint = entry.Company,
    };

    private IReadOnlyList<EpisodeRow> Counted(HistoryFold fold)
    {
        var rows = fold.Episodes();
        Episodes += rows.Count;
        for (var i = 0; i < rows.Count; i++)
            AcceptedFirst += rows[i].AcceptedAt < rows[i].MqlAt ? 1 : 0;
        return rows;
    }

    private static void RequireUtf8(FileStream bytes, string path)
    {
        Span<byte> start = stackalloc byte[2];
        var isWide = bytes.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start is [0xFF, 0xFE] or [0xFE, 0xFF];
        bytes.Position = 0;
        if (isWide)
            throw new LeadFileException(LeadFileFault.Data, path, "The file is UTF-16.", "Save it as UTF-8.");
    }
}
