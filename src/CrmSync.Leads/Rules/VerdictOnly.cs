using System.Runtime.CompilerServices;
using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>
/// The verdict of <see cref="GateCheck"/> from as few criteria as it hangs on: requests first, then fit, then interest, each
/// only while it can change the answer, and what the offer gate asks only of a lead that passes the MQL gate.
/// </summary>
internal static class VerdictOnly
{
    internal static Verdict Of(Policy policy, LeadFacts facts, in LeadContext context)
    {
        // A request lifts the pause for criteria elsewhere: nothing can be answered by itself.
        if (context.CoolOff is not null)
            return GateCheck.By(policy, facts, context).Verdict;
        var mql = Check(policy, policy.Gates.Mql, facts, context);
        if (mql != CriterionResult.Met)
            return mql == CriterionResult.Unknown ? Verdict.NotEnoughData : Verdict.NotReady;
        foreach (var i in policy.Blockers)
            if (Result(policy, i, facts, context) == CriterionResult.Met)
                return Verdict.MarketingQualified;
        return Check(policy, policy.Gates.Offer, facts, context) == CriterionResult.Met ? Verdict.Offer : Verdict.MarketingQualified;
    }

    private static CriterionResult Check(Policy policy, Gate gate, LeadFacts facts, in LeadContext context)
    {
        var result = Scored(policy, gate, facts, context);
        for (var i = 0; i < gate.Met.Count && result != CriterionResult.NotMet; i++)
            result = GateCheck.Lesser(result, Result(policy, gate.Met[i], facts, context));
        for (var i = 0; i < gate.NoneNotMet.Count && result != CriterionResult.NotMet; i++)
            if (Result(policy, gate.NoneNotMet[i], facts, context) == CriterionResult.NotMet)
                result = CriterionResult.NotMet;
        if (result != CriterionResult.NotMet && gate.Of.Count > 0)
            result = GateCheck.Lesser(result, Enough(policy, gate, facts, context));
        return GateCheck.Lesser(result, GateCheck.Known(gate, facts));
    }

    private static CriterionResult Scored(Policy policy, Gate gate, LeadFacts facts, in LeadContext context)
    {
        if (gate is { Fit: null, Interest: null })
            return CriterionResult.Met;
        Tally fit = default, interest = default;
        var raised = CriterionResult.NotMet;
        foreach (var i in policy.HandRaises)
        {
            var criterion = policy.CriterionSpan[i];
            var result = criterion.Group switch
            {
                CriterionGroup.Fit => fit.Add(criterion, policy.Open.Places[i], facts, context),
                CriterionGroup.Interest => interest.Add(criterion, policy.Open.Places[i], facts, context),
                _ => Result(policy, i, facts, context),
            };
            if (gate.OrHandRaise && result > raised)
                raised = result;
        }
        // A score can only raise the answer above the request's, and of two scores the lesser counts.
        var least = raised == CriterionResult.Met ? raised : fit.Reaches(gate.Fit, policy.Caps.Fit, policy.FitAhead, raised, CriterionResult.Met, facts, context);
        return least <= raised ? raised : GateCheck.Greater(raised, GateCheck.Lesser(least,
            interest.Reaches(gate.Interest, policy.Caps.Interest, policy.InterestAhead, raised, least, facts, context)));
    }

    private static CriterionResult Enough(Policy policy, Gate gate, LeadFacts facts, in LeadContext context)
    {
        var (met, open) = (0, 0);
        for (var i = 0; i < gate.Of.Count; i++)
        {
            var result = Result(policy, gate.Of[i], facts, context);
            (met, open) = (met + (result == CriterionResult.Met ? 1 : 0), open + (result == CriterionResult.Unknown ? 1 : 0));
        }
        return GateCheck.Enough(gate, met, open);
    }

    private static CriterionResult Result(Policy policy, int index, LeadFacts facts, in LeadContext context)
    {
        policy.CriterionSpan[index].When.Read(facts, context, out var reading);
        return reading.Result;
    }

    /// <summary>The points of one group so far: those met, and those that the unknown could add.</summary>
    private struct Tally
    {
        private int _low;
        private int _high;
        private ulong _chosen;

        internal CriterionResult Add(Criterion criterion, in OpenPlace place, LeadFacts facts, in LeadContext context)
        {
            criterion.When.Read(facts, context, out var reading);
            var met = (reading.Result == CriterionResult.Met ? 1 : 0) * criterion.PointsAt(reading.SeenTicks, context.At.UtcTicks);
            _low += met;
            _high += met;
            if (reading.Result == CriterionResult.Unknown)
                AddOpen(criterion, place, facts, context, reading);
            return reading.Result;
        }

        private void AddOpen(Criterion criterion, in OpenPlace place, LeadFacts facts, in LeadContext context, in Reading reading)
        {
            if (place.Table is { } table)
                _high += table.Gain(_chosen, place.Bit);
            else
                _high += Math.Min(place.Alone, criterion.OpenPointsAt(facts, context, reading));
            _chosen |= place.Bit;
        }

        /// <summary>
        /// Whether the group reaches a threshold. Reads on until that is certain, or certain to be at most
        /// <paramref name="floor"/> or at least <paramref name="ceiling"/>, beyond which no difference counts.
        /// </summary>
        // Apart from its caller: the loop keeps what it needs in registers.
        [MethodImpl(MethodImplOptions.NoInlining)]
        internal CriterionResult Reaches(
            int? threshold, int cap, PointsAhead[] order, CriterionResult floor, CriterionResult ceiling, LeadFacts facts, in LeadContext context)
        {
            if (threshold is not { } least || least <= 0)
                return CriterionResult.Met;
            if (least > cap)
                return CriterionResult.NotMet;
            foreach (ref readonly var next in order.AsSpan())
            {
                var worst = Answer(next.Least, least);
                var best = Answer(next.Most, least);
                if (best <= floor || best == worst)
                    return best;
                if (worst >= ceiling)
                    return worst;
                Add(next.Criterion!, next.Ahead, facts, context);
            }
            throw new InvalidOperationException("The last of an order leaves nothing open.");
        }

        private readonly CriterionResult Answer(int more, int threshold) =>
            (CriterionResult)((_high + more >= threshold ? 1 : 0) + (_low + more >= threshold ? 1 : 0));
    }
}
