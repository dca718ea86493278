namespace CrmSync.Worker.Reports.History;

/// <summary>Numbers for the few names that a column repeats: sources, owners, connections.</summary>
internal sealed class HistoryNames(int most = int.MaxValue)
{
    /// <summary>In place of the number of a name beyond those that are kept.</summary>
    public const int TooMany = -2;
    private const int First = 64;
    private readonly List<(string Name, ulong Print)> _names = [];

    // By the last bits of the print, the next free place after; 0: free, and otherwise a number plus 1.
    private int[] _places = new int[First];

    /// <summary>A blank is <see cref="HistoryEntry.None"/>.</summary>
    public int NumberOf(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
            return HistoryEntry.None;
        var print = HistoryPrint.Of(name, 0).Lead;
        var place = (int)print & (_places.Length - 1);
        for (; _places[place] != 0; place = (place + 1) & (_places.Length - 1))
        {
            var (known, knownPrint) = _names[_places[place] - 1];
            if (knownPrint == print && name.SequenceEqual(known))
                return _places[place] - 1;
        }
        if (_names.Count == most)
            return TooMany;
        _names.Add((name.ToString(), print));
        _places[place] = _names.Count;
        if (_names.Count * 2 > _places.Length)
            Grow();
        return _names.Count - 1;
    }

    public string? NameOf(int number) => number < 0 ? null : _names[number].Name;

    /// <summary>The numbers here of another's names, by their numbers there.</summary>
    public int[] NumbersOf(HistoryNames other) => [.. other._names.Select(name => NumberOf(name.Name))];

    private void Grow()
    {
        _places = new int[_places.Length * 2];
        for (var number = 0; number < _names.Count; number++)
        {
            var place = (int)_names[number].Print & (_places.Length - 1);
            while (_places[place] != 0)
                place = (place + 1) & (_places.Length - 1);
            _places[place] = number + 1;
        }
    }
}
