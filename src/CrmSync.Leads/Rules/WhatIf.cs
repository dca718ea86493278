using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>What would have changed the answer: one finding taken away from a pass, or the fewest added to what does not.</summary>
internal sealed class WhatIf(Policy policy, LeadFacts facts, LeadContext context, Reading[] readings)
{
    private const int MostSingles = 5;
    private const int MostPairs = 3;
    private readonly Consequences _follows = policy.Open.Consequences.Value;
    private readonly Trial _trial = new(policy, facts, context, readings);

    /// <summary>The heaviest finding without which the gate would not have passed: an act before a property, since acts say "why now".</summary>
    internal Hinge? HungOn() => _trial.Answer().Mql == GateResult.Pass ? Hinge(CriterionGroup.Interest) ?? Hinge(CriterionGroup.Fit) : null;

    internal Shortfall? Shortfall()
    {
        if (_trial.Answer().Mql == GateResult.Pass)
            return null;
        var score = ScoreSheet.Of(policy, readings);
        int[] could = [.. Enumerable.Range(0, readings.Length).Where(CouldBeMet)];
        var offered = Ways(could, IsOffered);
        var qualified = offered.Count == 0 ? Ways(could, way => _trial.With(way).Mql == GateResult.Pass) : [];
        return new(
            Missing(policy.Gates.Mql.Fit, score.Fit, CriterionGroup.Fit),
            Missing(policy.Gates.Mql.Interest, score.Interest, CriterionGroup.Interest),
            [.. offered.Concat(qualified).Select(way => way.Select(i => policy.Criteria[i].Id).ToArray())],
            qualified.Count > 0,
            HandRaiseSuffices());
    }

    // A new request lifts the pause too, and criteria that read it answer anew.
    private bool HandRaiseSuffices()
    {
        if (policy.HandRaises.Length == 0 || IsEndless)
            return false;
        var lifted = CoolOffLift.Without(context);
        var seen = new Reading[readings.Length];
        RuleReader.Read(policy, facts, lifted, seen);
        var trial = new Trial(policy, facts, lifted, seen);
        return policy.HandRaises.Any(request => policy.Criteria[request].When.CouldBecome(met: true, facts, lifted) && trial.With([request]).Offer == GateResult.Pass);
    }

    // No act and no request ends a pause that has no end.
    private bool IsEndless => context.CoolOff is { Until: null };

    private bool IsOffered(int[] way) => !IsEndless && _trial.With(way).Offer == GateResult.Pass;

    private Hinge? Hinge(CriterionGroup group)
    {
        Hinge? found = null;
        var heaviest = 0;
        for (var i = 0; i < readings.Length; i++)
        {
            if (policy.Criteria[i].Group != group || readings[i].Result != CriterionResult.Met || readings[i].Points <= heaviest)
                continue;
            var (gates, score) = _trial.Without(i);
            if (gates.Mql != GateResult.Pass)
                (heaviest, found) = (readings[i].Points, new(policy.Criteria[i].Id, group, group == CriterionGroup.Fit ? score.Fit : score.Interest));
        }
        return found;
    }

    private static List<int[]> Ways(int[] could, Func<int[], bool> suffices, Func<int[], int> weight, Func<int, int, bool> apart)
    {
        int[][] singles = [.. could.Select(i => new[] { i }).Where(suffices)];
        return singles.Length > 0
            ? [.. singles.OrderBy(weight).Take(MostSingles)]
            : [.. could.SelectMany((i, n) => could.Skip(n + 1).Where(j => apart(i, j)).Select(j => new[] { i, j })).Where(suffices).OrderBy(weight).Take(MostPairs)];
    }

    // Of two of which one brings the other along, or ends it, the pair does no more than one.
    private List<int[]> Ways(int[] could, Func<int[], bool> suffices) => Ways(could, suffices, way => way.Sum(i => policy.Criteria[i].Points),
        (i, j) => !policy.Open.Exclude(i, j) && !_follows.Brings(i, j) && !_follows.Brings(j, i));

    // Acts can happen tomorrow and an empty field be filled in; a company in another industry stays there. A request is told of by itself.
    private bool CouldBeMet(int i) => policy.Criteria[i] switch
    {
        { HandRaise: true } => false,
        { Group: CriterionGroup.Interest, Points: > 0 } => policy.Criteria[i].When.CouldBecome(met: true, facts, context),
        { Group: CriterionGroup.Fit, Points: > 0 } or { Group: CriterionGroup.Bant } => readings[i].Result == CriterionResult.Unknown,
        _ => false,
    };

    // A score ends at zero and at its cap: below zero more is missing than it shows.
    private int Missing(int? least, int score, CriterionGroup group)
    {
        var sum = Enumerable.Range(0, readings.Length).Where(i => policy.Criteria[i].Group == group).Sum(i => readings[i].Points);
        return least is { } needed && score < needed ? needed - Math.Min(score, sum) : 0;
    }
}
