using CrmSync.Worker.Rules;
using CsCheck;

namespace CrmSync.Tests.Rules.Fuzz;

/// <summary>Rule files that load, as trees: every group, operator, combinator and kind of fact.</summary>
internal static class RuleTreeGen
{
    private static readonly Gen<YamlNode> Span = Pick.Of("14d", "30d", "60d", "1h", "3650d", "400d").Select(text => (YamlNode)Text(text));

    private static readonly Gen<YamlNode> Test = Gen.OneOf<YamlNode>(
        Gen.Select(Pick.Of("company.industry", "person.role", "company.country", "person.buyingRole", "own.text", "own.choices"), Pick.Of("eq", "in", "contains"),
            Pick.Of("machinery", "software", "DK", "manager", "*chef", "student", "x").Select(Text).Array[1, 3], (fact, op, words) => Map(("fact", Text(fact)), ("op", Text(op)), ("value", List(words)))),
        Gen.Select(Pick.Of("company.employees", "own.number"), Pick.Of("atLeast", "atMost", "eq"), Pick.Of("0", "20", "-1", "1000.5", "79228162514264337593543950335"),
            (fact, op, number) => Map(("fact", Text(fact)), ("op", Text(op)), ("value", Text(number)))),
        Gen.Select(Gen.Int[-5, 20], Gen.Int[20, 5000], (least, most) => Map(("fact", Text("company.employees")), ("op", Text("between")), ("value", List(Text($"{least}"), Text($"{most}"))))),
        Gen.Select(Pick.Of("deal.open", "own.flag", "consent.optedOut"), Pick.Of("true", "false"), (fact, flag) => Map(("fact", Text(fact)), ("op", Text("eq")), ("value", Text(flag)))),
        Gen.Select(Pick.Of("bant.need", "bant.budget", "own.bant"), Pick.Of("met", "notMet"), (fact, answer) => Map(("fact", Text(fact)), ("op", Text("eq")), ("value", Text(answer)))),
        Gen.Select(Pick.Of("company.name", "company.employees", "own.instant", "bant.need"), fact => Map(("fact", Text(fact)), ("op", Text("exists")))),
        Gen.Select(Pick.Of("engagement.pageView", "engagement.webinarAttended", "engagement.contentDownload"), Gen.Int[1, 5], Span,
            (fact, count, within) => Map(("fact", Text(fact)), ("op", Text("countWithin")), ("value", Text($"{count}")), ("within", within))),
        Gen.Select(Pick.Of("engagement.emailClick", "engagement.handRaise", "own.instant"), Span, (fact, within) => Map(("fact", Text(fact)), ("op", Text("seenWithin")), ("within", within))),
        Gen.Select(Span, within => Map(("fact", List(Text("engagement.emailClick"), Text("engagement.socialClick"))), ("op", Text("seenWithin")), ("within", within))),
        Gen.Const(Map(("op", Text("inCoolOff")))));

    /// <summary>Any condition.</summary>
    internal static readonly Gen<YamlNode> When = Gen.Recursive<YamlNode>((depth, self) => depth >= 3 ? Test : Gen.Frequency<YamlNode>(
        (4, Test),
        (1, self.Array[1, 3].Select(parts => Map(("all", List(parts))))),
        (1, self.Array[1, 3].Select(parts => Map(("any", List(parts))))),
        (1, self.Select(part => Map(("not", part)))),
        (1, self.Array[2, 4].Select(parts => Map(("atLeastOf", Map(("count", Text("2")), ("of", List(parts)))))))));

    private static readonly Gen<YamlNode> Criterion = Gen.Select<string, YamlNode, int, string?, bool, YamlNode>(
        Pick.Of("fit", "interest", "interest", "bant", "blocker"), When, Gen.Int[-100, 100], Pick.Of<string?>(null, "none", "30d", "1h", "3650d"), Gen.Bool,
        (group, when, points, halfLife, raise) => Map([
            ("group", Text(group)), ("when", when), ("text", Map(("en", Text($"Text {points}")), ("da", Text("Tekst")))),
            .. group is "fit" or "interest" ? new[] { ("points", Text($"{points}")) } : [],
            .. halfLife is null ? [] : new[] { ("halfLife", Text(halfLife)) },
            .. group == "interest" && raise ? new[] { ("handRaise", Text("true")) } : []]));

    /// <summary>A whole file. The last criteria are sure to be there, so that gates can be reached and have a hand-raise.</summary>
    internal static readonly Gen<YamlNode> File = Gen.Select<YamlNode[], (int, int), bool, int, (string, YamlNode)[], YamlNode>(
        Criterion.Array[1, 3], Gen.Select(Gen.Int[1, 100], Gen.Int[1, 100]), Gen.Bool, Gen.Int[1, 2], PolicyTreeGen.Sections, (criteria, least, raise, count, sections) => Map([
        ("schema", Text("1")), ("name", Text("Fuzz")), ("version", Text("1")), ("effective", Text("2026-01-01")), ("languages", List(Text("en"), Text("da"))),
        ("facts", List(((string[])["text", "choices", "number", "flag", "instant", "bant"]).Select(type => Map(("name", Text($"own.{type}")), ("type", Text(type)))).ToArray())),
        ("criteria", List([.. criteria.Select((criterion, i) => With(criterion, "id", $"c{i}")), Sure("fit", "s0"), Sure("interest", "s1"), Sure("bant", "s2")])),
        ("gates", Map(
            ("mql", Map(("fit", Text($"{least.Item1}")), ("interest", Text($"{least.Item2}")), ("orHandRaise", Text(raise ? "true" : "false")))),
            ("offer", Map(("noneNotMet", List(Text("s2"))), ("anyKnown", List(Text("person.email"))))),
            ("sql", Map(("met", List(Text("s2"))), ("atLeastOf", Map(("count", Text($"{count}")), ("of", List(Text("c0"), Text("s2"))))))))),
        .. sections]));

    internal static YamlText Text(string value) => new(value, 0, 0);

    internal static YamlList List(params YamlNode[] items) => new YamlList(items, 0, 0);

    internal static YamlMap Map(params (string Key, YamlNode Value)[] entries) => new YamlMap([.. entries.Select(entry => (Text(entry.Key), entry.Value))], 0, 0);

    private static YamlMap With(YamlNode map, string key, string value) => new YamlMap([(Text(key), Text(value)), .. ((YamlMap)map).Entries], 0, 0);

    private static YamlMap Sure(string group, string id) => With(Map([
        ("group", Text(group)), ("text", Map(("en", Text("Sure")), ("da", Text("Sikker")))),
        ("when", group == "interest" ? Map(("fact", Text("engagement.handRaise")), ("op", Text("seenWithin")), ("within", Text("30d"))) : Map(("fact", Text("company.name")), ("op", Text("exists")))),
        .. group == "bant" ? [] : new[] { ("points", Text("100")) },
        .. group == "interest" ? new[] { ("handRaise", Text("true")) } : []]), "id", id);
}
