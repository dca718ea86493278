namespace CrmSync.Worker.Reports.History;

/// <summary>
/// Rows by the first bits of their lead's print: each shelf is small enough to be sorted within the processor's cache, and by the next
/// bits alone, since few rows are of one lead. They lie in slabs that stay, a few rows of a shelf together, so that nothing is copied as it fills.
/// </summary>
internal sealed class HistoryShelves
{
    public const int Shelves = 1 << Bits;
    private const int Bits = 6;
    private const int BoxBits = 7;
    private const int SlabBits = 15;
    private const int PerBox = 1 << BoxBits;
    private const int BoxesPerSlab = 1 << (SlabBits - BoxBits);
    private readonly List<HistoryEntry[]> _slabs = [];
    private readonly List<int>[] _boxes = [.. Enumerable.Range(0, Shelves).Select(_ => new List<int>())];
    private readonly int[] _counts = new int[Shelves];

    // Where the next row of each shelf goes, as long as its box has room.
    private readonly (HistoryEntry[] Slab, int Place)[] _next = new (HistoryEntry[], int)[Shelves];
    private int _nextBox;

    public int Count { get; private set; }

    public void Add(in HistoryEntry row)
    {
        var shelf = (int)(row.Lead >> (64 - Bits));
        ref var next = ref _next[shelf];
        if ((_counts[shelf]++ & (PerBox - 1)) == 0)
            next = NewBox(shelf);
        next.Slab[next.Place++] = row;
        Count++;
    }

    /// <summary>The rows of some shelves in order, a shelf at a time; each is to be done with before the next is asked for. The rows stay.</summary>
    public IEnumerable<ArraySegment<HistoryEntry>> Sorted(Range shelves)
    {
        var bench = new SortingBench(Bits);
        var (from, count) = shelves.GetOffsetAndLength(Shelves);
        for (var shelf = from; shelf < from + count; shelf++)
            yield return bench.Sorted(Boxes(shelf), _counts[shelf]);
    }

    public void Clear()
    {
        foreach (var boxes in _boxes)
            boxes.Clear();
        Array.Clear(_counts);
        (Count, _nextBox) = (0, 0);
    }

    private IEnumerable<ArraySegment<HistoryEntry>> Boxes(int shelf)
    {
        var left = _counts[shelf];
        foreach (var box in _boxes[shelf])
        {
            yield return new(_slabs[box / BoxesPerSlab], (box % BoxesPerSlab) << BoxBits, Math.Min(left, PerBox));
            left -= PerBox;
        }
    }

    private (HistoryEntry[] Slab, int Place) NewBox(int shelf)
    {
        if (_nextBox == _slabs.Count * BoxesPerSlab)
            _slabs.Add(GC.AllocateUninitializedArray<HistoryEntry>(1 << SlabBits));
        _boxes[shelf].Add(_nextBox);
        var box = _nextBox++;
        return (_slabs[box / BoxesPerSlab], (box % BoxesPerSlab) << BoxBits);
    }
}
