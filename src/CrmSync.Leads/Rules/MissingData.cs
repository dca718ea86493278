using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>Which facts to fill in where a gate, or the choice of the policy, has not enough data.</summary>
internal static class MissingData
{
    internal static IReadOnlyList<string> Of(
        RuleSet rules, Policy policy, LeadFacts facts, in LeadContext context, GateCheck gates, Reading[] readings)
    {
        var slots = new List<int>();
        var score = ScoreSheet.Of(policy, readings);
        var seen = CoolOffLift.For(policy, facts, context);
        if (gates.Mql == GateResult.NotEnoughData)
            AddFor(policy.Gates.Mql, policy, facts, seen, score, readings, slots);
        if (gates.Mql == GateResult.Pass && gates.Offer == GateResult.NotEnoughData)
            AddFor(policy.Gates.Offer, policy, facts, seen, score, readings, slots);
        if (gates.SalesQualified == GateResult.NotEnoughData)
            AddFor(policy.Gates.SalesQualified, policy, facts, seen, score, readings, slots);
        AddForPolicies(rules, policy, facts, context, gates, slots);
        return [.. slots.Distinct().Select(slot => rules.Catalogue.Definitions[slot].Name)];
    }

    private static void AddFor(Gate gate, Policy policy, LeadFacts facts, in LeadContext context, in ScoreSheet score, Reading[] readings, List<int> slots)
    {
        // Where one score is out of reach, points for the other help nobody: only a request does, and by itself.
        var pointsHelp = !(AtMost(gate, policy, readings, CriterionGroup.Fit, score.Fit) < gate.Fit
            || AtMost(gate, policy, readings, CriterionGroup.Interest, score.Interest) < gate.Interest);
        for (var i = 0; i < policy.Criteria.Count; i++)
        {
            var criterion = policy.Criteria[i];
            var asked = (pointsHelp && criterion.Group == CriterionGroup.Fit && criterion.Points > 0 && score.Fit < gate.Fit)
                || (pointsHelp && criterion.Group == CriterionGroup.Interest && criterion.Points > 0 && score.Interest < gate.Interest)
                || (criterion.HandRaise && gate.OrHandRaise)
                || gate.Met.Contains(i) || gate.Of.Contains(i);
            if (asked)
                criterion.When.AddUnknownSlots(facts, context, slots);
        }
        if (!gate.AnyKnown.Any(slot => facts[slot].IsKnown))
            slots.AddRange(gate.AnyKnown);
    }

    private static int AtMost(Gate gate, Policy policy, Reading[] readings, CriterionGroup group, int certain)
    {
        for (var i = 0; i < readings.Length; i++)
        {
            var criterion = policy.Criteria[i];
            if (criterion.Group == group && readings[i].Result == CriterionResult.Unknown && !(gate.OrHandRaise && criterion.HandRaise))
                certain += Math.Max(0, criterion.Points);
        }
        return Math.Min(certain, policy.Caps.Of(group));
    }

    // An earlier policy that cannot tell whether the lead is its own matters only if it would answer otherwise.
    private static void AddForPolicies(
        RuleSet rules, Policy judge, LeadFacts facts, in LeadContext context, GateCheck gates, List<int> slots)
    {
        foreach (var policy in rules.Policies.TakeWhile(policy => policy != judge))
            if (policy.Claims(facts, context) == CriterionResult.Unknown && GateCheck.By(policy, facts, context) != gates)
                policy.When!.AddUnknownSlots(facts, CoolOffLift.For(policy, facts, context), slots);
    }
}
