using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Says what a gate asks for, one sentence for each of its parts.</summary>
public static class GateText
{
    /// <summary>What makes a lead marketing-qualified.</summary>
    public static IReadOnlyList<Clause> Mql(RuleSet rules, Policy policy, string language)
    {
        var words = new Wording(language);
        var parts = Parts(rules, policy, policy.Gates.Mql, words).ToList();
        return Sentences(parts.Count > 0 ? parts : [words["ethvert lead opfylder dette krav", "every lead meets this"]]);
    }

    /// <summary>What lets it be handed to sales: the MQL gate, no blocker, and the parts of its own.</summary>
    public static IReadOnlyList<Clause> Offer(RuleSet rules, Policy policy, string language)
    {
        var words = new Wording(language);
        return Sentences([
            words["leadet er et MQL", "the lead is an MQL"],
            words["ingen spærring er opfyldt; en spærring, hvis oplysning er ukendt, holder intet tilbage", "no blocker is met; a blocker whose facts are unknown holds nothing back"],
            .. Parts(rules, policy, policy.Gates.Offer, words)]);
    }

    /// <summary>What makes an accepted lead sales-qualified.</summary>
    public static IReadOnlyList<Clause> SalesQualified(RuleSet rules, Policy policy, string language)
    {
        var words = new Wording(language);
        return Sentences([words["salg har accepteret leadet (SAL)", "sales has accepted the lead (SAL)"], .. Parts(rules, policy, policy.Gates.SalesQualified, words)]);
    }

    private static IReadOnlyList<Clause> Sentences(IReadOnlyList<string> parts) => [.. parts.Select(part => new Clause(Line.Capital(part)))];

    private static IEnumerable<string> Parts(RuleSet rules, Policy policy, Gate gate, Wording words)
    {
        var criteria = policy.Criteria;
        string Names(IReadOnlyList<int> some, Func<IReadOnlyList<string>, string> join) => join([.. some.Select(i => criteria[i].Text.In(words.Language))]);
        if (Thresholds(gate, policy.Caps, words) is { Length: > 0 } thresholds)
            yield return thresholds;
        if (gate.OrHandRaise)
        {
            var raised = words.Or([.. criteria.Where(criterion => criterion.HandRaise).Select(criterion => $"\"{criterion.Text.In(words.Language)}\"")]);
            yield return words[
                $"{raised} træder i stedet for pointkravene: et lead, der selv beder om kontakt, skal ikke vente på point",
                $"{raised} stands in for the thresholds: a lead that gets in touch itself need not wait for points"];
        }
        if (gate.Met.Count > 0)
            yield return gate.Met.Count == 1
                ? $"{Names(gate.Met, words.And)} {words["er opfyldt", "is met"]}"
                : $"{words["alle disse er opfyldt", "all of these are met"]}: {Names(gate.Met, words.And)}";
        if (gate.AtLeast > 0)
            yield return words[$"mindst {gate.AtLeast} af disse {gate.Of.Count} er opfyldt", $"at least {gate.AtLeast} of these {gate.Of.Count} are met"] + $": {Names(gate.Of, words.And)}";
        if (gate.NoneNotMet.Count > 0)
            yield return $"{words["ingen af disse er besvaret med nej", "none of these is answered with no"]}: {Names(gate.NoneNotMet, words.Or)}; {words["ukendt er i orden", "unknown is fine"]}";
        if (gate.AnyKnown.Count > 0)
            yield return Known(rules, gate, words);
    }

    private static string Known(RuleSet rules, Gate gate, Wording words)
    {
        var tests = new TestText(rules, words);
        return tests.Known([.. gate.AnyKnown.Select(slot => tests.Noun(rules.Catalogue.Definitions[slot]))], negated: false);
    }

    private static string Thresholds(Gate gate, ScoreCaps caps, Wording words)
    {
        string Least(string score, int threshold, int cap) => words[$"{score} er mindst {threshold} af {cap}", $"{score} is at least {threshold} of {cap}"];
        var parts = new List<string>();
        if (gate.Fit is { } fit)
            parts.Add(Least(words["match", "fit"], fit, caps.Fit));
        if (gate.Interest is { } interest)
            parts.Add(Least(words["interesse", "interest"], interest, caps.Interest));
        return string.Join(words[", og ", ", and "], parts);
    }
}
