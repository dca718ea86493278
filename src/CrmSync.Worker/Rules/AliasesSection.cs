using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules;

/// <summary>Reads <c>aliases:</c>, further names by fact: <c>{ fact: { KEY: { da, en, also: [] } } }</c>.</summary>
internal static class AliasesSection
{
    private static readonly string[] Keys = ["da", "en", "also"];

    internal static AliasBook Read(MapReader file, FactCatalogue catalogue)
    {
        var more = new Dictionary<string, IReadOnlyList<AliasEntry>>(StringComparer.Ordinal);
        if (file.Find("aliases") is not { } node)
            return AliasBook.BuiltIn;
        if (node is not YamlMap facts)
        {
            file.Problems.Error(node, "'aliases' must be a map of facts.");
            return AliasBook.BuiltIn;
        }
        foreach (var (fact, entries) in facts.Entries)
        {
            if (catalogue.Find(fact.Value) is null)
                file.Problems.Error(fact, $"No fact is named '{fact.Value}'.", Spelling.Suggest(fact.Value, [.. catalogue.Definitions.Select(d => d.Name)]));
            else if (entries is YamlMap map)
                more[fact.Value] = [.. map.Entries.Select(entry => Entry(entry.Key, entry.Value, file.Problems)).OfType<AliasEntry>()];
            else
                file.Problems.Error(entries, "Aliases must be a map of names.");
        }
        return AliasBook.BuiltIn.With(more);
    }

    private static AliasEntry? Entry(YamlText key, YamlNode value, ProblemList problems)
    {
        if (value is not YamlMap map)
        {
            problems.Error(value, $"The alias '{key.Value}' must be a map.", "Write { da: ..., en: ..., also: [...] }.");
            return null;
        }
        var reader = new MapReader(map, problems, $"The alias '{key.Value}'", Keys);
        var also = reader.Texts("also").Select(text => text.Value).ToList();
        return new(key.Value, reader.Text("da") ?? key.Value, reader.Text("en") ?? key.Value, also);
    }
}
