using CrmSync.Leads.Kpis;
using CrmSync.Worker.Rules.LeadFiles;

namespace CrmSync.Worker.Reports.History;

/// <summary>A CSV of stages that leads came to, read without any CRM: <c>lead_id,company_id,stage,entered_at[,source,owner,connection]</c>.</summary>
internal sealed class HistoryFile : IDisposable
{
    private readonly SpillFile _spill = new();

    private HistoryFile()
    {
    }

    /// <summary>Takes what is too much for memory, until the file is disposed.</summary>
    public ISpill Spill => _spill;

    /// <summary>What was left out.</summary>
    public HistoryProblems Problems { get; } = new();

    /// <summary>Rows that were taken.</summary>
    public long Rows { get; private set; }

    /// <summary>The latest instant of the rows; null: there is none.</summary>
    public DateTimeOffset? Latest { get; private set; }

    /// <summary>Its leads, in parts that may be gone through at once.</summary>
    public IReadOnlyList<HistoryEpisodes> Parts { get; private set; } = [];

    /// <summary>What was found in the parts that were gone through.</summary>
    public long Leads => Parts.Sum(part => part.Leads);
    public long Episodes => Parts.Sum(part => part.Episodes);

    /// <inheritdoc cref="HistoryEpisodes.AcceptedFirst"/>
    public long AcceptedFirst => Parts.Sum(part => part.AcceptedFirst);

    /// <summary>Reads all rows of a file.</summary>
    /// <exception cref="LeadFileException">It is not there, or its header is wrong, or the disk fails.</exception>
    public static async Task<HistoryFile> ReadAsync(
        string path, CancellationToken cancellationToken, int mostInMemory = HistorySorter.MostInMemory, int chunkSize = HistoryChunks.UsualSize, int? parts = null)
    {
        await using var bytes = SmallFile.Open(path);
        RequireUtf8(bytes, path);
        var file = new HistoryFile();
        try
        {
            var sorter = new HistorySorter(file._spill, mostInMemory);
            var rows = new HistoryRows(sorter, file.Problems);
            await FillAsync(rows, new(bytes, chunkSize), path, cancellationToken);
            (file.Rows, file.Latest) = (rows.Count, rows.Latest);
            file.Parts = [.. PartsOf(parts ?? Environment.ProcessorCount).Select(shelves => new HistoryEpisodes(sorter.Sorted(shelves), rows))];
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose() => _spill.Dispose();

    private static IEnumerable<Range> PartsOf(int count)
    {
        var parts = Math.Min(count, HistoryShelves.Shelves);
        return Enumerable.Range(0, parts).Select(part => (HistoryShelves.Shelves * part / parts)..(HistoryShelves.Shelves * (part + 1) / parts));
    }

    private static async Task FillAsync(HistoryRows rows, HistoryChunks chunks, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var first = await chunks.NextAsync(cancellationToken);
            var header = first?.Open() ?? new CsvReader(TextReader.Null, ',');
            var reader = new HistoryRowReader(HistoryHeader.Read(header, path));
            if (first is null)
                return;
            await foreach (var block in HistoryBlocks.OfAsync((first, header), chunks, reader, cancellationToken))
                using (block)
                    rows.Take(block);
            rows.Complete();
        }
        catch (IOException)
        {
            throw new LeadFileException(LeadFileFault.NotThere, $"{path}:{rows.Line}", $"The file cannot be read any further, or there is no room to sort it in {Path.GetTempPath()}.", "Copy it to a local disk, and free some room for temporary files (TMPDIR names their folder).");
        }
    }

    private static void RequireUtf8(FileStream bytes, string path)
    {
        if (!bytes.CanSeek)
            throw new LeadFileException(LeadFileFault.NotThere, path, "It is a pipe, and the file is read from more than one place.", "Write it into a file first, and name that.");
        Span<byte> start = stackalloc byte[2];
        var isWide = bytes.ReadAtLeast(start, 2, throwOnEndOfStream: false) == 2 && start is [0xFF, 0xFE] or [0xFE, 0xFF];
        bytes.Position = 0;
        if (isWide)
            throw new LeadFileException(LeadFileFault.Data, path, "The file is UTF-16.", "Save it as UTF-8.");
    }
}
