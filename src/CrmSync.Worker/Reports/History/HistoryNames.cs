using System.Text;

namespace CrmSync.Worker.Reports.History;

/// <summary>Numbers for the few names that a column repeats: sources, owners, connections.</summary>
internal sealed class HistoryNames(int most = int.MaxValue)
{
    /// <summary>In place of the number of a name beyond those that are kept.</summary>
    public const int TooMany = -2;
    private const int First = 64;
    private readonly List<(string Name, byte[] Bytes, ulong Print)> _names = [];

    // By the last bits of the print, the next free place after; 0: free, and otherwise a number plus 1.
    private int[] _places = new int[First];

    /// <summary>A blank is <see cref="HistoryEntry.None"/>.</summary>
    public int NumberOf(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return HistoryEntry.None;
        var print = HistoryPrint.Of(name, 0).Lead;
        var place = PlaceOf(print);
        for (; _places[place] != 0; place = (place + 1) & (_places.Length - 1))
        {
            var known = _names[_places[place] - 1];
            if (known.Print == print && name.SequenceEqual(known.Bytes))
                return _places[place] - 1;
        }
        if (_names.Count == most)
            return TooMany;
        _names.Add((Encoding.UTF8.GetString(name), name.ToArray(), print));
        _places[place] = _names.Count;
        if (_names.Count * 2 > _places.Length)
            Grow();
        return _names.Count - 1;
    }

    public string? NameOf(int number) => number < 0 ? null : _names[number].Name;

    /// <summary>The numbers here of another's names, by their numbers there.</summary>
    public int[] NumbersOf(HistoryNames other) => [.. other._names.Select(name => NumberOf(name.Bytes))];

    private void Grow()
    {
        _places = new int[_places.Length * 2];
        for (var number = 0; number < _names.Count; number++)
        {
            var place = PlaceOf(_names[number].Print);
            while (_places[place] != 0)
                place = (place + 1) & (_places.Length - 1);
            _places[place] = number + 1;
        }
    }

    private int PlaceOf(ulong print) => (int)print & (_places.Length - 1);
}
