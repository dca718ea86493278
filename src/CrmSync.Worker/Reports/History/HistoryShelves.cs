namespace CrmSync.Worker.Reports.History;

/// <summary>
/// Rows by the first bits of their lead's print: each shelf is small enough to be sorted within the processor's cache, and by numbers
/// alone, since few rows are of one lead.
/// </summary>
internal sealed class HistoryShelves
{
    private const int Bits = 8;
    private readonly List<HistoryEntry>[] _shelves = [.. Enumerable.Range(0, 1 << Bits).Select(_ => new List<HistoryEntry>())];
    private ulong[] _keys = [];
    private int[] _places = [];

    public int Count { get; private set; }

    public void Add(in HistoryEntry row)
    {
        _shelves[row.Lead >> (64 - Bits)].Add(row);
        Count++;
    }

    /// <summary>All rows in order; they stay.</summary>
    public IEnumerable<HistoryEntry> Sorted()
    {
        var same = new List<HistoryEntry>();
        foreach (var shelf in _shelves)
        {
            Sort(shelf);
            for (int i = 0, next; i < shelf.Count; i = next)
            {
                for (next = i + 1; next < shelf.Count && _keys[next] == _keys[i]; next++)
                {
                }
                if (next == i + 1)
                {
                    yield return shelf[_places[i]];
                    continue;
                }
                same.Clear();
                for (var row = i; row < next; row++)
                    same.Add(shelf[_places[row]]);
                same.Sort();
                foreach (var row in same)
                    yield return row;
            }
        }
    }

    public void Clear()
    {
        foreach (var shelf in _shelves)
            shelf.Clear();
        Count = 0;
    }

    /// <summary>The places of a shelf's rows by the prints of their leads.</summary>
    private void Sort(List<HistoryEntry> shelf)
    {
        if (_keys.Length < shelf.Count)
            (_keys, _places) = (new ulong[shelf.Count * 2], new int[shelf.Count * 2]);
        for (var i = 0; i < shelf.Count; i++)
            (_keys[i], _places[i]) = (shelf[i].Lead, i);
        Array.Sort(_keys, _places, 0, shelf.Count);
    }
}
