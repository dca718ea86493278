using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.Review;

/// <summary>A criterion or policy as written. <paramref name="When"/>: null if it is malformed or missing.</summary>
internal sealed record SourceEntry(string Id, YamlMap Map, SourceCondition? When);

/// <summary>What a review reads of a rule file; what is malformed is left out.</summary>
internal sealed class SourceFile
{
    internal SourceFile(YamlMap tree)
    {
        Tree = tree;
        // Problems were told when the rules were read.
        var reader = new MapReader(tree, new ProblemList(""), "", []);
        CustomFacts = FactsSection.Read(reader).Select(fact => fact.Definition.Name).ToHashSet(StringComparer.Ordinal);
        Catalogue = FactCatalogue.BuiltIn.With(FactsSection.Read(reader).Select(fact => fact.Definition));
        Aliases = AliasesSection.Read(reader, Catalogue);
        var conditions = new SourceReader(Catalogue);
        Criteria = Entries(tree, "criteria", conditions);
        Policies = Entries(tree, "policies", conditions);
        AssignRules = tree.Find("assign") is YamlMap assign ? Entries(assign, "rules", conditions) : [];
    }

    internal YamlMap Tree { get; }
    internal FactCatalogue Catalogue { get; }
    internal AliasBook Aliases { get; }
    internal IReadOnlySet<string> CustomFacts { get; }
    internal IReadOnlyList<SourceEntry> Criteria { get; }
    internal IReadOnlyList<SourceEntry> Policies { get; }
    internal IReadOnlyList<SourceEntry> AssignRules { get; }

    internal IEnumerable<SourceCondition> Conditions => Criteria.Concat(Policies).Concat(AssignRules).Select(entry => entry.When).OfType<SourceCondition>();

    private static List<SourceEntry> Entries(YamlMap map, string key, SourceReader conditions) =>
        [.. map.MapsAt(key).Where(entry => entry.TextAt("id") is not null).Take(64).Select(entry => new SourceEntry(entry.TextAt("id")!, entry, conditions.Read(entry.Find("when"))))];
}
