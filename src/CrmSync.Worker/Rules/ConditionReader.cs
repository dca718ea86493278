using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;

namespace CrmSync.Worker.Rules;

/// <summary>Reads a <c>when:</c>: one of the combinators over further conditions, or one test of a fact.</summary>
internal sealed class ConditionReader(FactCatalogue catalogue, AliasBook aliases, ProblemList problems, IReadOnlySet<string> brokenFacts)
{
    private static readonly string[] Keys = ["fact", "op", "value", "within", "all", "any", "not", "atLeastOf"];
    private static readonly string[] Combinators = ["all", "any", "not", "atLeastOf"];

    // What one judgement may cost is bounded by it.
    private const int Most = 500;
    private int _read;

    /// <summary>The condition, or null with its problems added.</summary>
    internal Condition? Read(YamlNode node)
    {
        if (node is not YamlMap map)
        {
            problems.Error(node, "A condition must be a map.", "Write { fact: ..., op: ..., value: ... }.");
            return null;
        }
        if (++_read > Most)
        {
            if (_read == Most + 1)
                problems.Error(map, $"There are more than {Most} conditions.", "Put values of one fact into one list.");
            return null;
        }
        var reader = new MapReader(map, problems, "A condition", Keys);
        var used = Combinators.Where(reader.Has).ToList();
        if (used.Count == 0)
            return new TestReader(catalogue, aliases, reader, brokenFacts).Read();
        if (map.Entries.Count > 1)
            problems.Error(map, $"'{used[0]}' stands alone in its condition.", "Nest the rest inside it.");
        return used[0] switch
        {
            "all" => Parts(reader, "all") is { } parts ? AtLeastOf.All(parts) : null,
            "any" => Parts(reader, "any") is { } parts ? AtLeastOf.Any(parts) : null,
            "not" => Read(reader.Find("not")!) is { } part ? new Negation(part) : null,
            _ => Several(reader),
        };
    }

    private AtLeastOf? Several(MapReader reader)
    {
        if (reader.Map("atLeastOf", ["count", "of"]) is not { } map)
            return null;
        var count = map.Integer("count", 1, 64, required: true);
        if (Parts(map, "of", required: true) is not { } parts || count is not { } needed)
            return null;
        if (needed <= parts.Count)
            return new AtLeastOf(needed, parts);
        problems.Error(map.Find("count")!, $"{needed} of {parts.Count} conditions can never be met.", $"Ask for at most {parts.Count}.");
        return null;
    }

    private IReadOnlyList<Condition>? Parts(MapReader map, string key, bool required = false)
    {
        var items = map.Items(key, required);
        if (items.Count == 0 && !required && map.Find(key) is { } node)
            problems.Error(node, $"'{key}' is empty.", "Give it at least one condition.");
        var parts = items.Select(Read).ToList();
        return parts.Count == 0 || parts.Contains(null) ? null : [.. parts.OfType<Condition>()];
    }
}
