using System.Collections.Frozen;

namespace CrmSync.Leads.Facts;

/// <summary>
/// All facts in force, each with a slot, so that a rule finds its value by index. A catalogue never changes; a rule file
/// that adds facts makes a new one with <see cref="With"/>.
/// </summary>
public sealed class FactCatalogue
{
    private readonly FrozenDictionary<string, int> _slots;

    private FactCatalogue(IReadOnlyList<FactDefinition> definitions)
    {
        Definitions = definitions;
        _slots = definitions.Select((d, i) => (d.Name, i)).ToFrozenDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
    }

    /// <summary>The facts every CRM is asked for.</summary>
    public static FactCatalogue BuiltIn { get; } = new(WellKnownFacts.All);

    /// <summary>In slot order.</summary>
    public IReadOnlyList<FactDefinition> Definitions { get; }

    /// <summary>The slot of a fact, or -1.</summary>
    public int SlotOf(string name) => _slots.GetValueOrDefault(name, -1);

    /// <summary>The definition of a fact, or null.</summary>
    public FactDefinition? Find(string name) => _slots.TryGetValue(name, out var slot) ? Definitions[slot] : null;

    /// <summary>This catalogue and more facts. A name that exists already is refused.</summary>
    /// <exception cref="ArgumentException">A name is taken or given twice.</exception>
    public FactCatalogue With(IEnumerable<FactDefinition> more) => new([.. Definitions, .. more]);
}
