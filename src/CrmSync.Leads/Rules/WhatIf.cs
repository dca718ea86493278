using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>What would have changed the MQL gate's answer: one finding taken away, or one added.</summary>
internal sealed class WhatIf(RuleSet rules, LeadFacts facts, LeadContext context, Reading[] readings)
{
    /// <summary>The heaviest finding without which the gate would not have passed: an act before a property, since acts say "why now".</summary>
    internal Hinge? HungOn()
    {
        if (Check(readings).Mql != GateResult.Pass)
            return null;
        return Hinge(CriterionGroup.Interest) ?? Hinge(CriterionGroup.Fit);
    }

    internal Shortfall? Shortfall()
    {
        if (Check(readings).Mql == GateResult.Pass)
            return null;
        var score = ScoreSheet.Of(rules.Criteria, readings);
        var suffices = Enumerable.Range(0, readings.Length).Where(CouldSuffice).OrderBy(i => rules.Criteria[i].Points);
        return new(
            Math.Max(0, (rules.Gates.Mql.Fit ?? 0) - score.Fit),
            Math.Max(0, (rules.Gates.Mql.Interest ?? 0) - score.Interest),
            [.. suffices.Select(i => rules.Criteria[i].Id)],
            Enumerable.Range(0, readings.Length).Any(i => rules.Criteria[i].HandRaise && PassesWith(i)));
    }

    private Hinge? Hinge(CriterionGroup group)
    {
        Hinge? found = null;
        var heaviest = 0;
        for (var i = 0; i < readings.Length; i++)
        {
            var seen = readings[i];
            if (rules.Criteria[i].Group != group || seen.Result != CriterionResult.Met || seen.Points <= heaviest)
                continue;
            var without = Replaced(i, seen with { Result = CriterionResult.NotMet, Points = 0 });
            if (Check(without).Mql == GateResult.Pass)
                continue;
            var score = ScoreSheet.Of(rules.Criteria, without);
            (heaviest, found) = (seen.Points, new(rules.Criteria[i].Id, group, group == CriterionGroup.Fit ? score.Fit : score.Interest));
        }
        return found;
    }

    // Acts can happen tomorrow; a company's industry cannot, so fit is never suggested.
    private bool CouldSuffice(int i) =>
        rules.Criteria[i] is { Group: CriterionGroup.Interest, HandRaise: false, Points: > 0 } && PassesWith(i);

    private bool PassesWith(int i) =>
        Check(Replaced(i, readings[i] with { Result = CriterionResult.Met, Points = rules.Criteria[i].Points })).Mql == GateResult.Pass;

    private Reading[] Replaced(int i, Reading reading)
    {
        Reading[] changed = [.. readings];
        changed[i] = reading;
        return changed;
    }

    private GateCheck Check(Reading[] changed) => GateCheck.Of(rules, changed, facts, context);
}
