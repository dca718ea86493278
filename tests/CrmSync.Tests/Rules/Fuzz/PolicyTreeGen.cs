using CrmSync.Worker.Rules;
using CsCheck;
using static CrmSync.Tests.Rules.Fuzz.RuleTreeGen;

namespace CrmSync.Tests.Rules.Fuzz;

/// <summary>What a file says for some leads alone, and of its scores: policies that extend each other, caps and half-lives.</summary>
internal static class PolicyTreeGen
{
    private static readonly Gen<(string, YamlNode)[]> Score = Gen.Select(Pick.Of<string?>(null, "100", "100", "60"), Pick.Of<string?>(null, "none", "30d", "1h", "400d"))
        .Select((cap, halfLife) => Said(("cap", cap), ("halfLife", halfLife)));

    private static readonly Gen<(string, YamlNode)[]> Scores = Gen.Select(Gen.Int[0, 2], Score, Score).Select((said, fit, interest) => said switch
    {
        0 => [],
        1 => new (string, YamlNode)[] { ("scores", Map(("interest", Map(interest)))) },
        _ => [("scores", Map(("fit", Map(fit)), ("interest", Map(interest))))],
    });

    // The criteria that gates name stay in; the others come and go.
    private static readonly Gen<(string, YamlNode)[]> Asked = Gen.Int[0, 4].Select(which => which switch
    {
        0 => new (string, YamlNode)[] { ("criteria", Ids("c0", "s0", "s1", "s2")) },
        1 => [("criteria", Ids("s2", "s1", "s0", "c0"))],
        2 => [("without", Ids("c1"))],
        _ => [],
    });

    private static readonly Gen<(string, YamlNode)[]> Weights = Gen.Select(Gen.Int[0, 2], Gen.Int[50, 100], Gen.Int[0, 100]).Select((said, one, other) =>
        said == 0 ? [] : new (string, YamlNode)[] { ("points", said == 1 ? Map(("s0", Text($"{one}"))) : Map(("s0", Text($"{other}")), ("s1", Text($"{one}")))) });

    private static readonly Gen<(string, YamlNode)[]> Gates = Gen.Select(Gen.Int[0, 3], Gen.Int[1, 60], Gen.Bool).Select((said, least, raise) => said switch
    {
        0 => [],
        1 => new (string, YamlNode)[] { ("gates", Map(("mql", Map(("fit", Text("none")), ("interest", Text($"{least}")))))) },
        2 => [("gates", Map(("mql", Map(("fit", Text($"{least}")), ("orHandRaise", Text(raise ? "true" : "false")))), ("offer", Map(("met", Ids("s2"))))))],
        _ => [("gates", Map(("sql", Map(("atLeastOf", Text("none")), ("met", Ids("c0"))))))],
    });

    private static readonly Gen<(string, YamlNode)[]> Changes = Gen.Select(Asked, Weights, Gates).Select((asked, weights, gates) => ((string, YamlNode)[])[.. asked, .. weights, .. gates]);

    // Many conditions are met by few leads; a name most leads have.
    private static readonly Gen<YamlNode> Claim = Gen.Frequency<YamlNode>((3, When), (1, Gen.Const<YamlNode>(Map(("fact", Text("company.name")), ("op", Text("exists"))))));

    private static readonly Gen<YamlNode[]> Policies = Gen.Select(Gen.Select(Claim, Changes).Array[1, 3], Gen.Int[0, 3].Array[3], Gen.Bool, Changes).Select((policies, extends, rest, changes) => (YamlNode[])
    [
        // Some extend another, before or after them; two that extend each other are refused.
        .. policies.Select((policy, i) => Map([("id", Text($"p{i}")), ("when", policy.Item1), .. extends[i] == 0 && policies.Length > 1 && i < 2 ? new[] { ("extends", (YamlNode)Text($"p{1 - i}")) } : [], .. policy.Item2])),
        .. rest ? new[] { Map([("id", Text("rest")), .. changes]) } : [],
    ]);

    /// <summary>A <c>scores:</c> and a <c>policies:</c>, both, or neither.</summary>
    internal static readonly Gen<(string, YamlNode)[]> Sections = Gen.Select(Scores, Gen.Bool, Policies).Select((scores, said, policies) =>
        ((string, YamlNode)[])[.. scores, .. said ? new (string, YamlNode)[] { ("policies", List(policies)) } : []]);

    private static (string, YamlNode)[] Said(params (string Key, string? Value)[] entries) =>
        [.. entries.Where(entry => entry.Value is not null).Select(entry => (entry.Key, (YamlNode)Text(entry.Value!)))];

    private static YamlList Ids(params string[] ids) => List([.. ids.Select(Text)]);
}
