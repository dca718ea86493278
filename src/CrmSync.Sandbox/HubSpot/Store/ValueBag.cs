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

        var sorted = changes.ToArray();
        Array.Sort(sorted, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return Merge(sorted);
    }

    private ValueBag Merge(KeyValuePair<string, string>[] changes)
    {
        var (newNames, newValues) = (new List<string>(names.Length + changes.Length), new List<string>(names.Length + changes.Length));
        for (int mine = 0, theirs = 0; mine < names.Length || theirs < changes.Length;)
        {
            var order = mine == names.Length ? 1 : theirs == changes.Length ? -1 : string.CompareOrdinal(names[mine], changes[theirs].Key);
            var value = order < 0 ? values[mine] : changes[theirs].Value;
            if (value.Length > 0)
            {
                newNames.Add(order < 0 ? names[mine] : changes[theirs].Key);
                newValues.Add(value);
            }

            mine += order <= 0 ? 1 : 0;
            theirs += order >= 0 ? 1 : 0;
        }

        return new ValueBag([.. newNames], [.. newValues]);
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
