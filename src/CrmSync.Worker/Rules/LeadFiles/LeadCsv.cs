using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>The leads of a CSV, one after the other; however long it is, one row is in memory, and the ids so far. Read once.</summary>
internal sealed class LeadCsv : IDisposable
{
    private const int MostRemembered = 1_000_000;
    private readonly Stream _bytes;
    private readonly StreamReader _text;
    private readonly CsvReader _rows;
    private readonly CsvRowReader _reader;
    private readonly string _name;

    private LeadCsv(Stream bytes, string name, LeadMapping mapping, FactCatalogue catalogue, DateTimeOffset otherwise)
    {
        (_bytes, _name) = (bytes, name);
        _text = new(bytes, mapping.Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        _rows = new(_text, mapping.Delimiter);
        _reader = new(mapping, CsvHeader.Read(_rows, mapping, name), catalogue, otherwise);
    }

    /// <summary>How much has been read, 0 to 1.</summary>
    internal double Share => _bytes.Length == 0 ? 1 : (double)_bytes.Position / _bytes.Length;

    internal BadRows Bad { get; } = new();

    /// <param name="otherwise">The instant of judgement where neither file nor mapping tells.</param>
    /// <exception cref="LeadFileException">The file is not there, or its header lacks a column.</exception>
    internal static LeadCsv Open(string path, LeadMapping mapping, FactCatalogue catalogue, DateTimeOffset otherwise) =>
        Open(SmallFile.Open(path), path, mapping, catalogue, otherwise);

    internal static LeadCsv Open(Stream bytes, string name, LeadMapping mapping, FactCatalogue catalogue, DateTimeOffset otherwise)
    {
        try
        {
            return new(bytes, name, mapping, catalogue, otherwise);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>The rows that can be read; the others are in <see cref="Bad"/>.</summary>
    /// <exception cref="LeadFileException">No row at all can be read, or the disk fails.</exception>
    internal IEnumerable<LeadRow> Rows(CancellationToken cancellationToken)
    {
        var (good, seen) = (0L, new HashSet<string>(StringComparer.Ordinal));
        while (Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_reader.Read(_rows, Bad) is not { } row)
                continue;
            good++;
            // A million ids tell whether they are ids.
            if (_reader.HasIds && seen.Count < MostRemembered && !seen.Add(row.Name))
                Bad.Twice++;
            yield return row;
        }
        if (good == 0 && Bad.Count > 0)
            throw new LeadFileException(LeadFileFault.Data, [.. Bad.First.Select(Problem)]);
    }

    public void Dispose() => _text.Dispose();

    private bool Next()
    {
        try
        {
            return _rows.Read();
        }
        catch (IOException)
        {
            throw new LeadFileException(LeadFileFault.NotThere, $"{_name}:{_rows.Line}", "The file cannot be read any further.", "Copy it to a local disk and try again.");
        }
    }

    private LeadFileProblem Problem(BadRow row) => new(
        $"{_name}:{row.Line}{(row.Column is { } column ? $" ({column})" : "")}", row.Message, "No row could be read: check delimiter, encoding, decimal and dates of the mapping.");
}
