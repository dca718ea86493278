using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Reports.History;

/// <summary>Sorts the rows of a history file however many there are: what does not fit in memory is spilled.</summary>
internal sealed class HistorySorter(ISpill spill, int mostInMemory)
{
    /// <summary>Some 60 MB.</summary>
    public const int MostInMemory = 1 << 20;
    private const int PerRead = 2_048;

    // Sorted rows that were spilled together: where each shelf lies, and how many rows it has.
    private readonly List<(long Place, int Count)[]> _runs = [];
    private HistoryShelves _shelves = new();

    public void Add(in HistoryEntry row)
    {
        if (_shelves.Count == mostInMemory)
            Spill();
        _shelves.Add(row);
    }

    /// <summary>Call it when all rows are added.</summary>
    public void Complete()
    {
        if (_runs.Count == 0)
            return;
        Spill();
        // What comes now needs the room.
        _shelves = new();
    }

    /// <summary>
    /// The rows of some shelves (<see cref="HistoryShelves.Shelves"/>) in order, some at a time; those are to be done with before the next
    /// are asked for. The rows of a lead are on one shelf, and several may sort at once.
    /// </summary>
    public IEnumerable<ArraySegment<HistoryEntry>> Sorted(Range shelves) => _runs.Count == 0 ? _shelves.Sorted(shelves) : Merged(shelves);

    private void Spill()
    {
        _runs.Add([.. _shelves.Sorted(Range.All).Select(rows => (spill.Put(MemoryMarshal.AsBytes(rows.AsSpan())), rows.Count))]);
        _shelves.Clear();
    }

    private IEnumerable<ArraySegment<HistoryEntry>> Merged(Range shelves)
    {
        var heads = new PriorityQueue<IEnumerator<HistoryEntry>, HistoryEntry>();
        foreach (var run in _runs)
        {
            var rows = Rows(run[shelves]).GetEnumerator();
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

    private IEnumerable<HistoryEntry> Rows((long Place, int Count)[] shelves)
    {
        var buffer = new HistoryEntry[PerRead];
        foreach (var shelf in shelves)
            for (var done = 0; done < shelf.Count; done += PerRead)
            {
                var count = Math.Min(PerRead, shelf.Count - done);
                spill.Fetch(shelf.Place + (long)done * Unsafe.SizeOf<HistoryEntry>(), MemoryMarshal.AsBytes(buffer.AsSpan(0, count)));
                for (var i = 0; i < count; i++)
                    yield return buffer[i];
            }
    }
}
