using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>What would have changed the MQL gate's answer: one finding taken away, or the fewest added.</summary>
internal sealed class WhatIf(Policy policy, LeadFacts facts, LeadContext context, Reading[] readings)
{
    private const int MostSingles = 5;
    private const int MostPairs = 3;
    private readonly Reading[] _trial = [.. readings];

    /// <summary>The heaviest finding without which the gate would not have passed: an act before a property, since acts say "why now".</summary>
    internal Hinge? HungOn() => Passes() ? Hinge(CriterionGroup.Interest) ?? Hinge(CriterionGroup.Fit) : null;

    internal Shortfall? Shortfall()
    {
        if (Passes())
            return null;
        var score = ScoreSheet.Of(policy, readings);
        return new(
            Math.Max(0, (policy.Gates.Mql.Fit ?? 0) - score.Fit),
            Math.Max(0, (policy.Gates.Mql.Interest ?? 0) - score.Interest),
            [.. Ways().Select(way => way.Select(i => policy.Criteria[i].Id).ToArray())],
            HandRaiseSuffices());
    }

    private bool HandRaiseSuffices()
    {
        // A new request lifts the pause too, and criteria that read it answer anew.
        if (context.CoolOff is not null)
            RuleReader.Read(policy, facts, CoolOffLift.Without(context), _trial);
        var suffices = policy.HandRaises.Any(PassesRaised);
        readings.CopyTo(_trial, 0);
        return suffices;
    }

    private bool PassesRaised(int request)
    {
        var seen = _trial[request];
        _trial[request] = seen with { Result = CriterionResult.Met, Points = policy.Criteria[request].Points };
        var passes = Passes();
        _trial[request] = seen;
        return passes;
    }

    private Hinge? Hinge(CriterionGroup group)
    {
        Hinge? found = null;
        var heaviest = 0;
        for (var i = 0; i < readings.Length; i++)
        {
            var seen = readings[i];
            if (policy.Criteria[i].Group != group || seen.Result != CriterionResult.Met || seen.Points <= heaviest)
                continue;
            _trial[i] = seen with { Result = CriterionResult.NotMet, Points = 0 };
            var score = ScoreSheet.Of(policy, _trial);
            if (!Passes())
                (heaviest, found) = (seen.Points, new(policy.Criteria[i].Id, group, group == CriterionGroup.Fit ? score.Fit : score.Interest));
            _trial[i] = seen;
        }
        return found;
    }

    private IEnumerable<int[]> Ways()
    {
        int[] could = [.. Enumerable.Range(0, readings.Length).Where(CouldBeMet)];
        // More points never hurt: what all together cannot do, no two of them can.
        if (!PassesWith(could))
            return [];
        int[][] singles = [.. could.Select(i => new[] { i }).Where(PassesWith)];
        return singles.Length > 0
            ? singles.OrderBy(Weight).Take(MostSingles)
            : could.SelectMany((i, n) => could.Skip(n + 1).Where(j => !policy.Open.Exclude(i, j)).Select(j => new[] { i, j })).Where(PassesWith).OrderBy(Weight).Take(MostPairs);
    }

    // Acts can happen tomorrow and an empty field be filled in; a company in another industry stays there. A request is told of by itself.
    private bool CouldBeMet(int i) => policy.Criteria[i] switch
    {
        { HandRaise: true } => false,
        { Group: CriterionGroup.Interest, Points: > 0 } => true,
        { Group: CriterionGroup.Fit, Points: > 0 } or { Group: CriterionGroup.Bant } => readings[i].Result == CriterionResult.Unknown,
        _ => false,
    };

    private int Weight(int[] way) => way.Sum(i => policy.Criteria[i].Points);

    private bool PassesWith(int[] way)
    {
        foreach (var i in way)
            _trial[i] = readings[i] with { Result = CriterionResult.Met, Points = policy.Criteria[i].Points };
        var passes = Passes();
        foreach (var i in way)
            _trial[i] = readings[i];
        return passes;
    }

    private bool Passes() => GateCheck.Of(policy, _trial, facts, context).Mql == GateResult.Pass;
}
