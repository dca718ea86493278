using System.Globalization;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Rules.Cases;

/// <summary>Reads <c>expect:</c>. Only the verdict is required; what is left out may come as it likes.</summary>
internal sealed class ExpectationReader(RuleSet rules)
{
    private static readonly string[] Keys = ["verdict", "fit", "interest", "handRaise", "gates", "findings", "blockers", "missing", "policy"];
    private static readonly string[] Gates = ["mql", "offer", "sql"];
    private readonly List<string> _criteria = [.. rules.EveryCriterion.Select(criterion => criterion.Id).Distinct()];
    private readonly List<string> _blockers = [.. rules.EveryCriterion.Where(criterion => criterion.Group == CriterionGroup.Blocker).Select(criterion => criterion.Id).Distinct()];
    private readonly List<string> _facts = [.. rules.Catalogue.Definitions.Select(definition => definition.Name)];

    private readonly List<string> _policies = [.. rules.Policies.Append(rules.Default).Select(policy => policy.Id).Distinct()];

    /// <summary>The expectation, or null with its problems added.</summary>
    internal Expectation? Read(MapReader reader)
    {
        reader.Require("expect");
        if (reader.Map("expect", Keys) is not { } map)
            return null;
        map.Require("verdict");
        var verdict = map.Choice<Verdict?>("verdict", null, ("offer", Verdict.Offer), ("marketingQualified", Verdict.MarketingQualified),
            ("notEnoughData", Verdict.NotEnoughData), ("notReady", Verdict.NotReady));
        var gates = map.Map("gates", Gates);
        var findings = map.Map("findings", _criteria);
        var expected = new Expectation(verdict ?? default)
        {
            Fit = map.Integer("fit", 0, 100),
            Interest = map.Integer("interest", 0, 100),
            HandRaise = map.Has("handRaise") ? map.Flag("handRaise") : null,
            Mql = Gate(gates, "mql"),
            Offer = Gate(gates, "offer"),
            Sql = Gate(gates, "sql"),
            Findings = findings is null ? [] : [.. _criteria.Where(findings.Has).Select(id => Finding(findings, id)).OfType<ExpectedFinding>()],
            Blockers = Names(map, "blockers", _blockers, "blocker"),
            Missing = Names(map, "missing", _facts, "fact"),
            Policy = Names(map, "policy", _policies, "policy")?.FirstOrDefault(),
        };
        return verdict is null ? null : expected;
    }

    private static GateResult? Gate(MapReader? gates, string key) => gates?.Choice<GateResult?>(key, null,
        ("pass", GateResult.Pass), ("noPass", GateResult.NoPass), ("notEnoughData", GateResult.NotEnoughData));

    // "met", or "met 17" where the points matter too.
    private static ExpectedFinding? Finding(MapReader findings, string id)
    {
        var node = findings.Find(id)!;
        var words = node is YamlText text ? text.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        CriterionResult? result = words is [var word, ..]
            ? word switch { "met" => CriterionResult.Met, "notMet" => CriterionResult.NotMet, "unknown" => CriterionResult.Unknown, _ => null }
            : null;
        int? points = words is ["met", var said] && int.TryParse(said, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        if (result is { } known && (words.Length == 1 || points is not null))
            return new(id, known, points);
        findings.Problems.Error(node, $"'{id}' must be met, notMet or unknown.", "Write met 17 if the points matter too.");
        return null;
    }

    private static List<string>? Names(MapReader map, string key, List<string> known, string what)
    {
        if (!map.Has(key))
            return null;
        var names = map.Texts(key);
        foreach (var name in names.Where(name => !known.Contains(name.Value)))
            map.Problems.Error(name, $"No {what} is named '{name.Value}'.", Spelling.Suggest(name.Value, known));
        return [.. names.Select(name => name.Value)];
    }
}
