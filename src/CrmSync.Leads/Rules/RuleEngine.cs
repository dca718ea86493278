using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>
/// Weighs a lead. Pure: the same rules, facts and context give the same answer on every machine, in every culture and zone.
/// </summary>
public static class RuleEngine
{
    // Rule files are capped at this many criteria by the loader; a longer set is read on the heap.
    private const int OnStack = 64;

    /// <summary>The whole answer, with everything that explains it.</summary>
    public static Evaluation Evaluate(RuleSet rules, LeadFacts facts, LeadContext context)
    {
        facts = facts.In(rules.Catalogue);
        var readings = new Reading[rules.Criteria.Count];
        RuleReader.Read(rules, facts, context, readings);
        var gates = GateCheck.Of(rules, readings, facts, context);
        var score = ScoreSheet.Of(rules.Criteria, readings);
        var whatIf = new WhatIf(rules, facts, context, readings);
        return new Evaluation
        {
            At = context.At,
            Findings = FindingWriter.Of(rules, facts, context, readings),
            FitScore = score.Fit,
            InterestScore = score.Interest,
            Mql = gates.Mql,
            Offer = gates.Offer,
            SalesQualified = gates.SalesQualified,
            Verdict = gates.Verdict,
            HandRaise = GateCheck.HandRaise(rules.Criteria, readings) == CriterionResult.Met,
            Blockers = FindingWriter.BlockersMet(rules, readings),
            MissingFacts = MissingData.Of(rules, facts, context, gates, readings),
            LatestEvidenceAt = FindingWriter.LatestEvidence(rules, facts, context),
            NextChangeAt = NextChange.After(rules, facts, context, gates, readings),
            HungOn = whatIf.HungOn(),
            Shortfall = whatIf.Shortfall(),
        };
    }

    /// <summary>The verdict alone. Allocates nothing if the facts lie in the catalogue of the rules.</summary>
    public static Verdict Judge(RuleSet rules, LeadFacts facts, in LeadContext context)
    {
        facts = facts.In(rules.Catalogue);
        var count = rules.Criteria.Count;
        Span<Reading> readings = count <= OnStack ? stackalloc Reading[count] : new Reading[count];
        RuleReader.Read(rules, facts, context, readings);
        return GateCheck.Of(rules, readings, facts, context).Verdict;
    }
}
