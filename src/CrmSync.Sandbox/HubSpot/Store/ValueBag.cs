namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>
/// The values of a record, unchangeable, as two arrays sorted by name. A million records stay affordable because they share the array of names where they were
/// made alike, and because a past state costs one reference.
/// </summary>
internal sealed class ValueBag
{
    public static readonly ValueBag Empty = new([], []);

    private readonly string[] names;
    private readonly string[] values;

    private ValueBag(string[] names, string[] values)
    {
        this.names = names;
        this.values = values;
    }

    public IEnumerable<KeyValuePair<string, string>> Pairs => names.Select((name, index) => KeyValuePair.Create(name, values[index]));

    /// <summary>Names must be sorted by ordinal, and may be shared between bags.</summary>
    public static ValueBag Shared(string[] sortedNames, string[] values) => new(sortedNames, values);

    public string? Get(string name)
    {
        var index = Array.BinarySearch(names, name, StringComparer.Ordinal);
        return index < 0 ? null : values[index];
    }

    /// <summary>A bag with these values changed; an empty one is taken out.</summary>
    public ValueBag With(IReadOnlyDictionary<string, string> changes)
    {
        if (changes.All(change => change.Value.Length > 0 && Array.BinarySearch(names, change.Key, StringComparer.Ordinal) >= 0))
        {
            return WithSameNames(changes);
        }

        var merged = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Pairs.Concat(changes))
        {
            merged[name] = value;
        }

        var kept = merged.Where(pair => pair.Value.Length > 0).ToList();
        return new ValueBag([.. kept.Select(pair => pair.Key)], [.. kept.Select(pair => pair.Value)]);
    }

    private ValueBag WithSameNames(IReadOnlyDictionary<string, string> changes)
    {
        var copy = (string[])values.Clone();
        foreach (var (name, value) in changes)
        {
            copy[Array.BinarySearch(names, name, StringComparer.Ordinal)] = value;
        }

        return new ValueBag(names, copy);
    }
}
