using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.Review;

/// <summary>A criterion or policy as written. <paramref name="When"/>: null if it is missing or any part of it is malformed.</summary>
internal sealed record SourceEntry(string Id, YamlMap Map, SourceCondition? When);

/// <summary>What a review reads of a rule file; what is malformed is left out.</summary>
internal sealed class SourceFile
{
    private readonly BrokenPlaces _broken;

    /// <param name="problems">What reading the rules found: of a condition with a broken part nothing can be said.</param>
    internal SourceFile(YamlMap tree, IEnumerable<RuleFileProblem>? problems = null)
    {
        (Tree, _broken) = (tree, new(problems ?? []));
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

    private List<SourceEntry> Entries(YamlMap map, string key, SourceReader conditions) =>
        [.. map.MapsAt(key).Where(entry => entry.TextAt("id") is not null).Take(64).Select(entry => new SourceEntry(entry.TextAt("id")!, entry, _broken.Within(entry.Find("when")) ? null : conditions.Read(entry.Find("when"))))];
}
