using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules;

/// <summary>Reads <c>facts:</c>, the facts that a company adds to the built-in ones.</summary>
internal static class FactsSection
{
    private const int Most = 300;
    private static readonly string[] Keys = ["name", "type", "personal", "from", "values", "label"];

    internal static IReadOnlyList<CustomFact> Read(MapReader file)
    {
        var facts = new List<CustomFact>();
        var items = file.Items("facts");
        if (items.Count > Most)
            file.Problems.Error(items[Most], $"There are more than {Most} facts.", "Keep those that a criterion asks for.");
        foreach (var node in items.Take(Most))
        {
            if (node is not YamlMap map)
                file.Problems.Error(node, "A fact must be a map.", "Write - { name: ..., type: ..., from: { ... } }.");
            else if (Read(new MapReader(map, file.Problems, "A fact", Keys), facts) is { } fact)
                facts.Add(fact);
        }
        return facts;
    }

    /// <summary>The names of facts that are there and could not be read: what asks for them is not to blame.</summary>
    internal static IReadOnlySet<string> Broken(MapReader file, IReadOnlyList<CustomFact> read) => file.Items("facts").OfType<YamlMap>()
        .Select(map => map.Entries.FirstOrDefault(entry => entry.Key.Value == "name").Value).OfType<YamlText>().Select(name => name.Value)
        .Except(read.Select(fact => fact.Definition.Name)).ToHashSet(StringComparer.Ordinal);

    private static CustomFact? Read(MapReader map, List<CustomFact> before)
    {
        var name = map.Text("name", required: true);
        map.Require("type");
        var type = map.Choice<FactType?>("type", null, ("text", FactType.Text), ("number", FactType.Number), ("flag", FactType.Flag),
            ("instant", FactType.Instant), ("choices", FactType.Choices), ("bant", FactType.Bant));
        // Left out, a fact counts as personal: the careful side.
        var personal = map.Flag("personal", otherwise: true);
        var (from, values, label) = (Pairs(map, "from"), Pairs(map, "values"), LocalTexts.Read(map, "label"));
        if (name is null || type is not { } known)
            return null;
        if (FactCatalogue.BuiltIn.SlotOf(name) >= 0 || before.Any(fact => fact.Definition.Name == name))
        {
            map.Problems.Error(map.Find("name")!, $"The fact '{name}' exists already.", "Choose another name.");
            return null;
        }
        return new(new(name, known, personal), from, values, label);
    }

    private static Dictionary<string, string> Pairs(MapReader map, string key)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (map.Find(key) is not { } node)
            return pairs;
        if (node is not YamlMap entries)
            map.Problems.Error(node, $"'{key}' must be a map.");
        else
            foreach (var (name, value) in entries.Entries)
                if (value is YamlText text)
                    pairs[name.Value] = text.Value;
                else
                    map.Problems.Error(value, $"'{name.Value}' must be a text.");
        return pairs;
    }
}
