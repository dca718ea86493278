using CrmSync.Leads.Aliases;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>One name in the agreement, and what a CRM may hold that counts as the same.</summary>
public sealed record NameCover(string Name, string Covers);

/// <summary>Which names and words of titles the criteria take for one.</summary>
public static class NamesText
{
    private const int Shown = 14;

    /// <summary>Families of words and values with further names, in the order in which the criteria name them.</summary>
    public static IReadOnlyList<NameCover> Of(RuleSet rules, IReadOnlyList<Criterion> criteria, string language)
    {
        var words = new Wording(language);
        return [.. criteria.SelectMany(criterion => Leaves(criterion.When)).SelectMany(leaf => Covers(rules, leaf, words)).DistinctBy(cover => cover.Name)];
    }

    private static IEnumerable<Condition> Leaves(Condition condition) => condition switch
    {
        AtLeastOf several => several.Parts.SelectMany(Leaves),
        Negation not => Leaves(not.Part),
        _ => [condition],
    };

    private static IEnumerable<NameCover> Covers(RuleSet rules, Condition leaf, Wording words) => leaf switch
    {
        ContainsWord test => test.Words.Where(FamilyText.IsFamily)
            .Select(family => new NameCover(Line.Capital(FamilyText.Name(family, words)), List(WordFamilies.Expand(family).Select(FamilyText.Shown), words))),
        TextIn test => test.Values.SelectMany(value => test.Slots.Select(slot => rules.Catalogue.Definitions[slot].Name)
            .Where(fact => rules.Aliases.For(fact).Find(value) is not null)
            .Select(fact => Alias(rules.Aliases.For(fact), value, words))),
        _ => [],
    };

    private static NameCover Alias(AliasTable table, string value, Wording words)
    {
        var entry = table.Find(value)!;
        var label = entry.Label(words.Language);
        var own = entry.Names.Where(name => ReferenceEquals(table.Find(name), entry)).DistinctBy(PlainText.Of);
        return new(Line.Capital(label), List(own.Where(name => PlainText.Of(name) != PlainText.Of(label)), words));
    }

    private static string List(IEnumerable<string> names, Wording words)
    {
        var all = names.ToList();
        return all.Count <= Shown
            ? string.Join(", ", all)
            : $"{string.Join(", ", all.Take(Shown))} {words[$"og {all.Count - Shown} til", $"and {all.Count - Shown} more"]}";
    }
}
