namespace CrmSync.Worker.Reports.History;

/// <summary>Numbers for the few names that a column repeats: sources, owners, connections.</summary>
internal sealed class HistoryNames(int most)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>>? _lookup;

    /// <summary>A blank is <see cref="HistoryEntry.None"/>; null: there are more names than are kept.</summary>
    public int? NumberOf(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty)
            return HistoryEntry.None;
        _lookup ??= _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (_lookup.Value.TryGetValue(name, out var known))
            return known;
        if (_names.Count == most)
            return null;
        _names.Add(name.ToString());
        _numbers.Add(_names[^1], _names.Count - 1);
        return _names.Count - 1;
    }

    public string? NameOf(int number) => number < 0 ? null : _names[number];
}
