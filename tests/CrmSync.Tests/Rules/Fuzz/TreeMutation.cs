using CrmSync.Worker.Rules;
using CsCheck;

namespace CrmSync.Tests.Rules.Fuzz;

/// <summary>Bends one node of a tree: drops, doubles, swaps, retypes, nests or replaces it.</summary>
internal static class TreeMutation
{
    /// <summary>The tree after so many bends.</summary>
    internal static Gen<YamlNode> Of(Gen<YamlNode> tree, int most) =>
        Gen.Select(tree, Bend.Array[0, most], (root, bends) => bends.Aggregate(root, (node, bend) => bend(node)));

    private static readonly Gen<Func<YamlNode, YamlNode>> Bend = Gen.Select(
        Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[0, 8], OddValues.Texts, Gen.Int[1, 20],
        (where, other, how, text, depth) => (Func<YamlNode, YamlNode>)(root =>
        {
            var nodes = Nodes(root).ToList();
            var (at, from) = (nodes[(int)(where * (nodes.Count - 1))], nodes[(int)(other * (nodes.Count - 1))]);
            return how switch
            {
                0 => Replace(root, at, null, twice: false),
                1 => Replace(root, at, at, twice: true),
                2 => Replace(root, at, from),
                3 => Replace(root, at, at is YamlText ? RuleTreeGen.List(at) : RuleTreeGen.Text(text)),
                4 => Replace(root, at, RuleTreeGen.Map((text, at))),
                5 => Replace(root, at, Enumerable.Range(0, depth).Aggregate(at, (inner, _) => RuleTreeGen.Map(("not", inner)))),
                6 => Replace(root, at, RuleTreeGen.List([.. Enumerable.Repeat(at, depth)])),
                _ => Replace(root, at, RuleTreeGen.Text(text)),
            };
        }));

    private static IEnumerable<YamlNode> Nodes(YamlNode node) => node switch
    {
        YamlMap map => map.Entries.SelectMany(entry => Nodes(entry.Value).Prepend(entry.Key)).Prepend(map),
        YamlList list => list.Items.SelectMany(Nodes).Prepend(list),
        _ => [node],
    };

    // By reference: equal texts stand in many places.
    private static YamlNode Replace(YamlNode node, YamlNode at, YamlNode? by, bool twice = false)
    {
        if (ReferenceEquals(node, at))
            return by ?? RuleTreeGen.Text("");
        return node switch
        {
            YamlMap map => new YamlMap([.. map.Entries.SelectMany(entry => Entries(entry, at, by, twice))], 0, 0),
            YamlList list => new YamlList([.. list.Items.SelectMany(item => Items(item, at, by, twice))], 0, 0),
            _ => node,
        };
    }

    private static IEnumerable<(YamlText, YamlNode)> Entries((YamlText Key, YamlNode Value) entry, YamlNode at, YamlNode? by, bool twice)
    {
        if (ReferenceEquals(entry.Key, at))
            return by is null ? [] : twice ? [entry, entry] : [(by as YamlText ?? RuleTreeGen.Text("key"), entry.Value)];
        return ReferenceEquals(entry.Value, at) && by is null ? [] : [(entry.Key, Replace(entry.Value, at, by, twice))];
    }

    private static IEnumerable<YamlNode> Items(YamlNode item, YamlNode at, YamlNode? by, bool twice) =>
        !ReferenceEquals(item, at) ? [Replace(item, at, by, twice)] : by is null ? [] : twice ? [item, item] : [by];
}
