using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.Review;

/// <summary>
/// Reads conditions for review. It says nothing of what is malformed (reading the rules does) and answers null for it, so
/// that what is whole can be reviewed in one go with the rest.
/// </summary>
internal sealed class SourceReader(FactCatalogue catalogue)
{
    // The reader of the rules refuses more than this many.
    private const int Most = 500;
    private int _read;

    internal SourceCondition? Read(YamlNode? node)
    {
        if (node is not YamlMap map || ++_read > Most)
            return null;
        if (map.Find("all") is { } all)
            return Group(map, Items(all), int.MaxValue);
        if (map.Find("any") is { } any)
            return Group(map, Items(any), 1);
        if (map.Find("not") is { } not)
            return Read(not) is { } part ? new SourceNot(map, part) : null;
        if (map.Find("atLeastOf") is YamlMap several)
            return int.TryParse(several.TextAt("count"), out var count) && several.Find("of") is { } of ? Group(map, Items(of), count) : null;
        return Test(map);
    }

    private SourceGroup? Group(YamlMap map, IReadOnlyList<YamlNode> items, int needed)
    {
        var parts = items.Select(Read).OfType<SourceCondition>().ToList();
        needed = Math.Min(needed, items.Count);
        return parts.Count == items.Count && needed is > 0 ? new(map, needed, parts) : null;
    }

    private SourceTest? Test(YamlMap map)
    {
        if (map.TextAt("op") is not { } op)
            return null;
        var facts = Items(map.Find("fact")).Select(node => node is YamlText text ? catalogue.Find(text.Value) : null).ToList();
        if (facts.Contains(null) || (facts.Count == 0 && op != "inCoolOff"))
            return null;
        var span = Spans.Parse(op == "olderThan" ? map.TextAt("value") : map.TextAt("within"));
        return new(map, op, [.. facts.OfType<FactDefinition>()], [.. Items(map.Find("value")).OfType<YamlText>()], span);
    }

    private static IReadOnlyList<YamlNode> Items(YamlNode? node) => node switch { null => [], YamlList list => list.Items, _ => [node] };
}
