using System.Numerics;

namespace CrmSync.Worker.Reports.History;

/// <summary>Room to sort rows in whose leads' prints begin alike.</summary>
/// <param name="alike">How many of the first bits are the same.</param>
internal sealed class SortingBench(int alike)
{
    private const int Few = 16;
    private HistoryEntry[] _rows = [];
    private int[] _ends = [];

    /// <summary>The rows in order, until others are sorted here.</summary>
    /// <param name="boxes">Are gone through twice.</param>
    public ArraySegment<HistoryEntry> Sorted(IEnumerable<ArraySegment<HistoryEntry>> boxes, int count)
    {
        if (_rows.Length < count)
            _rows = GC.AllocateUninitializedArray<HistoryEntry>(count * 2);
        // As many places as there are rows: prints are spread evenly, so that few share one.
        var bits = BitOperations.Log2((uint)count | 1) + 1;
        Place(boxes, bits);
        for (int place = 0, from = 0; place < 1 << bits; from = _ends[place++])
            if (_ends[place] - from > Few)
                _rows.AsSpan(from, _ends[place] - from).Sort();
        Settle(_rows.AsSpan(0, count));
        return new(_rows, 0, count);
    }

    private void Place(IEnumerable<ArraySegment<HistoryEntry>> boxes, int bits)
    {
        var places = 1 << bits;
        if (_ends.Length < places)
            _ends = new int[places];
        var ends = _ends.AsSpan(0, places);
        ends.Clear();
        foreach (var box in boxes)
            foreach (ref readonly var row in box.AsSpan())
                ends[PlaceOf(row.Lead, bits)]++;
        // First where each begins, which moves to where it ends.
        for (int place = 0, begin = 0; place < places; place++)
            (ends[place], begin) = (begin, begin + ends[place]);
        foreach (var box in boxes)
            foreach (ref readonly var row in box.AsSpan())
                _rows[ends[PlaceOf(row.Lead, bits)]++] = row;
    }

    /// <summary>Sorts rows of which none is far from its place.</summary>
    private static void Settle(Span<HistoryEntry> rows)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            if (!(rows[i] < rows[i - 1]))
                continue;
            var (row, at) = (rows[i], i);
            for (; at > 0 && row < rows[at - 1]; at--)
                rows[at] = rows[at - 1];
            rows[at] = row;
        }
    }

    private int PlaceOf(ulong print, int bits) => (int)((print << alike) >> (64 - bits));
}
