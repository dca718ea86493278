using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>Which facts to fill in where a gate has not enough data.</summary>
internal static class MissingData
{
    internal static IReadOnlyList<string> Of(RuleSet rules, LeadFacts facts, in LeadContext context, GateCheck gates, Reading[] readings)
    {
        var slots = new List<int>();
        var score = ScoreSheet.Of(rules.Criteria, readings);
        if (gates.Mql == GateResult.NotEnoughData)
            AddFor(rules.Gates.Mql, rules, facts, context, score, slots);
        if (gates.Mql == GateResult.Pass && gates.Offer == GateResult.NotEnoughData)
            AddFor(rules.Gates.Offer, rules, facts, context, score, slots);
        if (gates.SalesQualified == GateResult.NotEnoughData)
            AddFor(rules.Gates.SalesQualified, rules, facts, context, score, slots);
        return [.. slots.Distinct().Select(slot => rules.Catalogue.Definitions[slot].Name)];
    }

    private static void AddFor(Gate gate, RuleSet rules, LeadFacts facts, in LeadContext context, in ScoreSheet score, List<int> slots)
    {
        for (var i = 0; i < rules.Criteria.Count; i++)
        {
            var criterion = rules.Criteria[i];
            var asked = (criterion.Group == CriterionGroup.Fit && criterion.Points > 0 && score.Fit < gate.Fit)
                || (criterion.Group == CriterionGroup.Interest && criterion.Points > 0 && score.Interest < gate.Interest)
                || (criterion.HandRaise && gate.OrHandRaise)
                || gate.Met.Contains(i) || gate.Of.Contains(i);
            if (asked)
                criterion.When.AddUnknownSlots(facts, context, slots);
        }
        if (!gate.AnyKnown.Any(slot => facts[slot].IsKnown))
            slots.AddRange(gate.AnyKnown);
    }
}
