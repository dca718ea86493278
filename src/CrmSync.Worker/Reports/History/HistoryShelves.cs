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
    private ulong[] _keys = [];
    private int[] _places = [];
    private HistoryEntry[] _sorted = [];
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
        for (var shelf = 0; shelf < _boxes.Length; shelf++)
            if (_counts[shelf] > 0)
                yield return Sorted(shelf);
    }

    public void Clear()
    {
        foreach (var boxes in _boxes)
            boxes.Clear();
        Array.Clear(_counts);
        (Count, _nextBox) = (0, 0);
    }

    private ArraySegment<HistoryEntry> Sorted(int shelf)
    {
        var count = _counts[shelf];
        if (_keys.Length < count)
            (_keys, _places, _sorted) = (new ulong[count * 2], new int[count * 2], new HistoryEntry[count * 2]);
        for (var i = 0; i < count; i++)
        {
            _places[i] = (_boxes[shelf][i >> BoxBits] << BoxBits) | (i & (PerBox - 1));
            _keys[i] = Row(_places[i]).Lead;
        }
        Array.Sort(_keys, _places, 0, count);
        for (var i = 0; i < count; i++)
            _sorted[i] = Row(_places[i]);
        for (int from = 0, to; from < count; from = to)
        {
            for (to = from + 1; to < count && _keys[to] == _keys[from]; to++)
            {
            }
            if (to > from + 1)
                _sorted.AsSpan(from, to - from).Sort();
        }
        return new(_sorted, 0, count);
    }

    private ref HistoryEntry Row(int place) => ref _slabs[place >> SlabBits][place & ((1 << SlabBits) - 1)];

    private int NewBox()
    {
        if (_nextBox == _slabs.Count * BoxesPerSlab)
            _slabs.Add(new HistoryEntry[1 << SlabBits]);
        return _nextBox++;
    }
}
