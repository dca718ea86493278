namespace CrmSync.Worker.Reports.History;

/// <summary>
/// Rows by the first bits of their lead's print: each shelf is small enough to be sorted within the processor's cache, and by numbers
/// alone, since few rows are of one lead. They lie in slabs that stay, a few rows of a shelf together, so that nothing is copied as it fills.
/// </summary>
internal sealed class HistoryShelves
{
    private const int Bits = 8;
    private const int BoxBits = 7;
    private const int SlabBits = 15;
    private const int PerBox = 1 << BoxBits;
    private const int BoxesPerSlab = 1 << (SlabBits - BoxBits);
    private readonly List<HistoryEntry[]> _slabs = [];
    private readonly List<int>[] _boxes = [.. Enumerable.Range(0, 1 << Bits).Select(_ => new List<int>())];
    private readonly int[] _counts = new int[1 << Bits];
    private int _nextBox;

    public int Count { get; private set; }

    public void Add(in HistoryEntry row)
    {
        var shelf = (int)(row.Lead >> (64 - Bits));
        var place = _counts[shelf]++ & (PerBox - 1);
        if (place == 0)
            _boxes[shelf].Add(NewBox());
        Row((_boxes[shelf][^1] << BoxBits) | place) = row;
        Count++;
    }

    /// <summary>All rows in order, a shelf at a time; each is to be done with before the next is asked for. The rows stay.</summary>
    public IEnumerable<ArraySegment<HistoryEntry>> Sorted()
    {
        // While one shelf is made use of, the next is sorted.
        var (used, free) = (new Bench(), new Bench());
        var ahead = SortAhead(0, free);
        for (var shelf = 0; shelf < _boxes.Length; shelf++)
        {
            var sorted = ahead.GetAwaiter().GetResult();
            (used, free) = (free, used);
            if (shelf + 1 < _boxes.Length)
                ahead = SortAhead(shelf + 1, free);
            yield return sorted;
        }
    }

    public void Clear()
    {
        foreach (var boxes in _boxes)
            boxes.Clear();
        Array.Clear(_counts);
        (Count, _nextBox) = (0, 0);
    }

    private Task<ArraySegment<HistoryEntry>> SortAhead(int shelf, Bench bench) => Task.Run(() => Sorted(shelf, bench));

    private ArraySegment<HistoryEntry> Sorted(int shelf, Bench bench)
    {
        var count = _counts[shelf];
        var (keys, places, sorted) = bench.For(count);
        for (var i = 0; i < count; i++)
        {
            places[i] = (_boxes[shelf][i >> BoxBits] << BoxBits) | (i & (PerBox - 1));
            keys[i] = Row(places[i]).Lead;
        }
        Array.Sort(keys, places, 0, count);
        for (var i = 0; i < count; i++)
            sorted[i] = Row(places[i]);
        for (int from = 0, to; from < count; from = to)
        {
            for (to = from + 1; to < count && keys[to] == keys[from]; to++)
            {
            }
            if (to > from + 1)
                sorted.AsSpan(from, to - from).Sort();
        }
        return new(sorted, 0, count);
    }

    private ref HistoryEntry Row(int place) => ref _slabs[place >> SlabBits][place & ((1 << SlabBits) - 1)];

    private int NewBox()
    {
        if (_nextBox == _slabs.Count * BoxesPerSlab)
            _slabs.Add(new HistoryEntry[1 << SlabBits]);
        return _nextBox++;
    }

    /// <summary>Room to sort a shelf in.</summary>
    private sealed class Bench
    {
        private ulong[] _keys = [];
        private int[] _places = [];
        private HistoryEntry[] _sorted = [];

        public (ulong[] Keys, int[] Places, HistoryEntry[] Sorted) For(int count)
        {
            if (_keys.Length < count)
                (_keys, _places, _sorted) = (new ulong[count * 2], new int[count * 2], new HistoryEntry[count * 2]);
            return (_keys, _places, _sorted);
        }
    }
}
