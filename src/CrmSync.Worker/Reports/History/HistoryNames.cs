using System.Text;

namespace CrmSync.Worker.Reports.History;

/// <summary>Numbers for the few names that a column repeats: sources, owners, connections.</summary>
internal sealed class HistoryNames(int most = int.MaxValue)
{
    /// <summary>In place of the number of a name beyond those that are kept.</summary>
    public const int TooMany = -2;
    private const int First = 64;
    private readonly List<string> _names = [];

    // By the last bits of the print, the next free place after.
    private KnownName[] _places = new KnownName[First];

    /// <summary>A blank is <see cref="HistoryEntry.None"/>.</summary>
    public int NumberOf(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return HistoryEntry.None;
        var print = HistoryPrint.Quick(name);
        for (var at = (int)print & (_places.Length - 1); ; at = (at + 1) & (_places.Length - 1))
        {
            ref readonly var place = ref _places[at];
            if (place.Bytes is null)
                return Add(at, new(print, name.ToArray(), _names.Count));
            if (place.Print == print && place.Bytes.Length == name.Length && (name.Length <= HistoryPrint.Exact || name.SequenceEqual(place.Bytes)))
                return place.Number;
        }
    }

    public string? NameOf(int number) => number < 0 ? null : _names[number];

    /// <summary>The numbers here of another's names, by their numbers there.</summary>
    public int[] NumbersOf(HistoryNames other) => [.. other._names.Select(name => NumberOf(Encoding.UTF8.GetBytes(name)))];

    private int Add(int at, KnownName place)
    {
        if (_names.Count == most)
            return TooMany;
        _names.Add(Encoding.UTF8.GetString(place.Bytes!));
        _places[at] = place;
        if (_names.Count * 2 > _places.Length)
            Grow();
        return place.Number;
    }

    private void Grow()
    {
        var places = _places.Where(place => place.Bytes is not null).ToList();
        _places = new KnownName[_places.Length * 2];
        foreach (var place in places)
        {
            var at = (int)place.Print & (_places.Length - 1);
            while (_places[at].Bytes is not null)
                at = (at + 1) & (_places.Length - 1);
            _places[at] = place;
        }
    }

    /// <param name="Bytes">Null: it is free.</param>
    private readonly record struct KnownName(ulong Print, byte[]? Bytes, int Number);
}
