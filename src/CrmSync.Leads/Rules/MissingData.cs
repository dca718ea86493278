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
        var open = Unknown(gate, policy, readings);
        var pointsHelp = !(AtMost(policy, readings, CriterionGroup.Fit, open) < gate.Fit
            || AtMost(policy, readings, CriterionGroup.Interest, open) < gate.Interest);
        for (var i = 0; i < policy.Criteria.Count; i++)
        {
            var criterion = policy.Criteria[i];
            var asked = (pointsHelp && criterion.Group == CriterionGroup.Fit && score.Fit < gate.Fit && Helps(policy, readings, i, open, gate.Fit))
                || (pointsHelp && criterion.Group == CriterionGroup.Interest && score.Interest < gate.Interest && Helps(policy, readings, i, open, gate.Interest))
                || (criterion.HandRaise && gate.OrHandRaise)
                || gate.Met.Contains(i) || gate.Of.Contains(i);
            if (asked)
                criterion.When.AddUnknownSlots(facts, context, slots);
        }
        if (!gate.AnyKnown.Any(slot => facts[slot].IsKnown))
            slots.AddRange(gate.AnyKnown);
    }

    // Requests apart, where they do not work by their points.
    private static List<int> Unknown(Gate gate, Policy policy, Reading[] readings) =>
        [.. Enumerable.Range(0, readings.Length).Where(i => readings[i].Result == CriterionResult.Unknown && !(gate.OrHandRaise && policy.Criteria[i].HandRaise))];

    private static int AtMost(Policy policy, Reading[] readings, CriterionGroup group, List<int> open) =>
        Math.Min(policy.Caps.Of(group), Certain(policy, readings, group) + policy.Open.Most(open.Where(i => policy.Criteria[i].Group == group), readings));

    // A criterion helps if the score can be reached with it: one that excludes heavier ones may stand in the way.
    private static bool Helps(Policy policy, Reading[] readings, int i, List<int> open, int? least)
    {
        var group = policy.Criteria[i].Group;
        return policy.Criteria[i].Points > 0
            && Certain(policy, readings, group) + policy.Open.MostWith(i, open.Where(other => policy.Criteria[other].Group == group), readings) >= least;
    }

    private static int Certain(Policy policy, Reading[] readings, CriterionGroup group)
    {
        var points = 0;
        for (var i = 0; i < readings.Length; i++)
            points += policy.Criteria[i].Group == group ? readings[i].Points : 0;
        return points;
    }

    // An earlier policy that cannot tell whether the lead is its own matters only if it would answer otherwise.
    private static void AddForPolicies(
        RuleSet rules, Policy judge, LeadFacts facts, in LeadContext context, GateCheck gates, List<int> slots)
    {
        foreach (var policy in rules.Policies.TakeWhile(policy => policy != judge))
            if (CoolOffLift.Claims(policy, facts, context) == CriterionResult.Unknown && GateCheck.By(policy, facts, context) != gates)
                policy.When!.AddUnknownSlots(facts, CoolOffLift.For(policy, facts, context), slots);
    }
}
