using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>Answers the three gates from the readings of all criteria, without allocating.</summary>
internal readonly record struct GateCheck(GateResult Mql, GateResult Offer, GateResult SalesQualified)
{
    // Rule files are capped at this many criteria by the loader; a longer set is read on the heap.
    private const int OnStack = 64;

    internal Verdict Verdict => (Mql, Offer) switch
    {
        (GateResult.Pass, GateResult.Pass) => Verdict.Offer,
        (GateResult.Pass, _) => Verdict.MarketingQualified,
        (GateResult.NotEnoughData, _) => Verdict.NotEnoughData,
        _ => Verdict.NotReady,
    };

    internal static GateCheck Of(Policy policy, ReadOnlySpan<Reading> readings, LeadFacts facts, in LeadContext context)
    {
        var score = ScoreSheet.Of(policy, readings);
        var raised = HandRaise(policy, readings);
        var mql = Check(policy.Gates.Mql, score, raised, readings, facts);
        var offer = mql == CriterionResult.NotMet || IsBlocked(policy, readings)
            ? CriterionResult.NotMet
            : Lesser(mql, Check(policy.Gates.Offer, score, raised, readings, facts));
        var qualified = context.Accepted ? Check(policy.Gates.SalesQualified, score, raised, readings, facts) : CriterionResult.NotMet;
        return new((GateResult)mql, (GateResult)offer, (GateResult)qualified);
    }

    /// <summary>Reads a policy's criteria and answers its gates.</summary>
    internal static GateCheck By(Policy policy, LeadFacts facts, in LeadContext context)
    {
        var count = policy.CriterionSpan.Length;
        Span<Reading> readings = count <= OnStack ? stackalloc Reading[count] : new Reading[count];
        RuleReader.Read(policy, facts, context, readings);
        return Of(policy, readings, facts, context);
    }

    internal static CriterionResult HandRaise(Policy policy, ReadOnlySpan<Reading> readings)
    {
        var raised = CriterionResult.NotMet;
        foreach (var i in policy.HandRaises)
            if (readings[i].Result > raised)
                raised = readings[i].Result;
        return raised;
    }

    private static bool IsBlocked(Policy policy, ReadOnlySpan<Reading> readings)
    {
        foreach (var i in policy.Blockers)
            if (readings[i].Result == CriterionResult.Met)
                return true;
        return false;
    }

    private static CriterionResult Check(
        Gate gate, in ScoreSheet score, CriterionResult raised, ReadOnlySpan<Reading> readings, LeadFacts facts)
    {
        var result = Lesser(Reaches(score.Fit, score.FitAtMost, gate.Fit), Reaches(score.Interest, score.InterestAtMost, gate.Interest));
        if (gate.OrHandRaise && raised > result)
            result = raised;
        for (var i = 0; i < gate.Met.Count; i++)
            result = Lesser(result, readings[gate.Met[i]].Result);
        for (var i = 0; i < gate.NoneNotMet.Count; i++)
            if (readings[gate.NoneNotMet[i]].Result == CriterionResult.NotMet)
                return CriterionResult.NotMet;
        return Lesser(Lesser(result, Enough(gate, readings)), Known(gate, facts));
    }

    private static CriterionResult Reaches(int score, int atMost, int? threshold) =>
        threshold is not { } least || score >= least ? CriterionResult.Met : atMost < least ? CriterionResult.NotMet : CriterionResult.Unknown;

    private static CriterionResult Enough(Gate gate, ReadOnlySpan<Reading> readings)
    {
        var (met, open) = (0, 0);
        for (var i = 0; i < gate.Of.Count; i++)
        {
            met += readings[gate.Of[i]].Result == CriterionResult.Met ? 1 : 0;
            open += readings[gate.Of[i]].Result == CriterionResult.Unknown ? 1 : 0;
        }
        return Enough(gate, met, open);
    }

    internal static CriterionResult Enough(Gate gate, int met, int open) =>
        met >= gate.AtLeast ? CriterionResult.Met : met + open < gate.AtLeast ? CriterionResult.NotMet : CriterionResult.Unknown;

    // A field that nobody filled in asks to be filled; it is no verdict on the lead.
    internal static CriterionResult Known(Gate gate, LeadFacts facts)
    {
        for (var i = 0; i < gate.AnyKnown.Count; i++)
            if (facts[gate.AnyKnown[i]].IsKnown)
                return CriterionResult.Met;
        return gate.AnyKnown.Count == 0 ? CriterionResult.Met : CriterionResult.Unknown;
    }

    internal static CriterionResult Lesser(CriterionResult a, CriterionResult b) => a < b ? a : b;

    internal static CriterionResult Greater(CriterionResult a, CriterionResult b) => a > b ? a : b;
}
