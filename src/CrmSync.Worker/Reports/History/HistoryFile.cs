using System.Globalization;
using System.Text;
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
    public static HistoryFile Read(string path, Action<DateTimeOffset?, IEnumerable<EpisodeRow>> take, CancellationToken cancellationToken, int mostInMemory = HistorySorter.MostInMemory)
    {
        using var bytes = SmallFile.Open(path);
        RequireUtf8(bytes, path);
        using var text = new StreamReader(bytes, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16);
        if (text.Peek() == '\uFEFF')
            text.Read();
        using var sorter = new HistorySorter(mostInMemory);
        var file = new HistoryFile();
        var rows = new CsvReader(text, ',');
        var reader = new HistoryRowReader(HistoryHeader.Read(rows, path), file.Problems);
        file.Fill(rows, reader, sorter, path, cancellationToken);
        take(file.Latest, ReadAhead.Of(file.Fold(sorter.Sorted(), reader, cancellationToken)));
        return file;
    }

    private void Fill(CsvReader rows, HistoryRowReader reader, HistorySorter sorter, string path, CancellationToken cancellationToken)
    {
        var latest = long.MinValue;
        try
        {
            while (rows.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (reader.Read(rows) is not { } entry)
                    continue;
                sorter.Add(entry);
                latest = Math.Max(latest, entry.Ticks);
                Rows++;
            }
        }
        catch (IOException)
        {
            throw new LeadFileException(LeadFileFault.NotThere, $"{path}:{rows.Line}", "The file cannot be read any further, or there is no room to sort it.", "Copy it to a local disk, and free some room for temporary files.");
        }
        Latest = Rows == 0 ? null : new DateTimeOffset(latest, TimeSpan.Zero);
    }

    private IEnumerable<EpisodeRow> Fold(IEnumerable<HistoryEntry> entries, HistoryRowReader names, CancellationToken cancellationToken)
    {
        HistoryFold? fold = null;
        HistoryEntry last = default;
        foreach (var entry in entries)
        {
            if (fold is null || !entry.IsOfLead(last))
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var row in Counted(fold))
                    yield return row;
                // The id itself is not kept: the line where the lead first comes finds it.
                fold = new(string.Concat("line ", entry.Line.ToString(CultureInfo.InvariantCulture)), imported: false);
                Leads++;
            }
            last = entry;
            fold.Add(new((HistoryStage)entry.Stage, new(entry.Ticks, TimeSpan.Zero))
            {
                Source = names.Sources.NameOf(entry.Source), Owner = names.Owners.NameOf(entry.Owner), Connection = names.Connections.NameOf(entry.Connection),
                Company = entry.Company == 0 ? null : entry.Company.ToString("x", CultureInfo.InvariantCulture),
            });
        }
        foreach (var row in Counted(fold))
            yield return row;
    }

    private IReadOnlyList<EpisodeRow> Counted(HistoryFold? fold)
    {
        var rows = fold?.Episodes() ?? [];
        Episodes += rows.Count;
        AcceptedFirst += rows.Count(row => row.AcceptedAt < row.MqlAt);
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
