using System.Collections.Frozen;

namespace CrmSync.Leads.Aliases;

/// <summary>Finds an entry by any of its names. Where two entries claim a name, the later one has it.</summary>
public sealed class AliasTable
{
    private readonly FrozenDictionary<string, AliasEntry> _byName;

    public AliasTable(IReadOnlyList<AliasEntry> entries)
    {
        Entries = entries;
        var names = new Dictionary<string, AliasEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
            foreach (var name in entry.Names)
                names[PlainText.Of(name)] = entry;
        _byName = names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public IReadOnlyList<AliasEntry> Entries { get; }

    /// <summary>The entry that has this name, or null.</summary>
    public AliasEntry? Find(string name) => _byName.GetValueOrDefault(PlainText.Of(name));

    /// <summary>Every plain name that counts as one of the given values; a value without an entry stands for itself.</summary>
    public IEnumerable<string> NamesOf(IEnumerable<string> values) =>
        values.SelectMany(value => Find(value) is { } entry ? OwnNames(entry) : [PlainText.Of(value)]).Distinct(StringComparer.Ordinal);

    // A name that a later entry took over no longer stands for the earlier one.
    private IEnumerable<string> OwnNames(AliasEntry entry) =>
        entry.Names.Select(PlainText.Of).Where(name => ReferenceEquals(_byName[name], entry));
}
