using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CrmSync.Worker.Reports.History;

/// <summary>Sorts the rows of a history file however many there are: what does not fit in memory is spilled to a temporary file that ends with the process.</summary>
internal sealed class HistorySorter(int mostInMemory = HistorySorter.MostInMemory) : IDisposable
{
    /// <summary>Some 60 MB.</summary>
    public const int MostInMemory = 1 << 20;
    private const int PerRead = 2_048;
    private readonly List<(long From, int Count)> _runs = [];
    private HistoryShelves _shelves = new();
    private FileStream? _spill;

    public void Add(in HistoryEntry row)
    {
        if (_shelves.Count == mostInMemory)
            Spill();
        _shelves.Add(row);
    }

    /// <summary>All rows in order, some at a time; those are to be done with before the next are asked for. Call it once.</summary>
    public IEnumerable<ArraySegment<HistoryEntry>> Sorted()
    {
        if (_spill is null)
            return _shelves.Sorted();
        Spill();
        // What comes now needs the room.
        _shelves = new();
        return Merged();
    }

    public void Dispose() => _spill?.Dispose();

    private void Spill()
    {
        _spill ??= new(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        _runs.Add((_spill.Position, _shelves.Count));
        foreach (var rows in _shelves.Sorted())
            _spill.Write(MemoryMarshal.AsBytes(rows.AsSpan()));
        _shelves.Clear();
    }

    private IEnumerable<ArraySegment<HistoryEntry>> Merged()
    {
        _spill!.Flush();
        var heads = new PriorityQueue<IEnumerator<HistoryEntry>, HistoryEntry>();
        foreach (var run in _runs.Select(Run))
        {
            var rows = run.GetEnumerator();
            if (rows.MoveNext())
                heads.Enqueue(rows, rows.Current);
        }
        var (merged, count) = (new HistoryEntry[PerRead], 0);
        while (heads.TryPeek(out var rows, out var first))
        {
            merged[count++] = first;
            if (rows.MoveNext())
                heads.DequeueEnqueue(rows, rows.Current);
            else
                heads.Dequeue();
            if (count < merged.Length)
                continue;
            yield return new(merged, 0, count);
            count = 0;
        }
        yield return new(merged, 0, count);
    }

    private IEnumerable<HistoryEntry> Run((long From, int Count) run)
    {
        var buffer = new HistoryEntry[PerRead];
        for (var done = 0; done < run.Count; done += PerRead)
        {
            var count = Math.Min(PerRead, run.Count - done);
            Read(buffer.AsSpan(0, count), run.From + (long)done * Unsafe.SizeOf<HistoryEntry>());
            for (var i = 0; i < count; i++)
                yield return buffer[i];
        }
    }

    private void Read(Span<HistoryEntry> rows, long from)
    {
        var bytes = MemoryMarshal.AsBytes(rows);
        for (var read = 0; read < bytes.Length;)
        {
            var count = RandomAccess.Read(_spill!.SafeFileHandle, bytes[read..], from + read);
            read += count > 0 ? count : throw new EndOfStreamException();
        }
    }
}
