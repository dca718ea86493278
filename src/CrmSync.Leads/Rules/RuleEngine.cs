using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>
/// Weighs a lead. Pure: the same rules, facts and context give the same answer on every machine, in every culture and zone.
/// </summary>
public static class RuleEngine
{
    /// <summary>The whole answer. What explains it is worked out when it is asked for.</summary>
    public static Evaluation Evaluate(RuleSet rules, LeadFacts facts, LeadContext context)
    {
        facts = facts.In(rules.Catalogue);
        var policy = rules.PolicyFor(facts, context);
        var readings = new Reading[policy.Criteria.Count];
        RuleReader.Read(policy, facts, context, readings);
        var gates = GateCheck.Of(policy, readings, facts, context);
        var score = ScoreSheet.Of(policy, readings);
        return new Evaluation(new(rules, policy, facts, context, readings, gates))
        {
            At = context.At,
            Policy = policy.Id,
            FitScore = score.Fit,
            InterestScore = score.Interest,
            Mql = gates.Mql,
            Offer = gates.Offer,
            SalesQualified = gates.SalesQualified,
            Verdict = gates.Verdict,
            HandRaise = GateCheck.HandRaise(policy, readings) == CriterionResult.Met,
            HandRaisedAt = FindingWriter.HandRaisedAt(policy, facts, context),
            Blockers = FindingWriter.BlockersMet(policy, readings),
            LatestEvidenceAt = FindingWriter.LatestEvidence(policy, facts, context),
            NextChangeAt = NextChange.After(rules, facts, context, gates),
        };
    }

    /// <summary>The verdict with the scores and findings that it comes from, without what would have changed it, or will.</summary>
    public static Weighed Weigh(RuleSet rules, LeadFacts facts, in LeadContext context)
    {
        facts = facts.In(rules.Catalogue);
        var policy = rules.PolicyFor(facts, context);
        var readings = new Reading[policy.Criteria.Count];
        RuleReader.Read(policy, facts, context, readings);
        var score = ScoreSheet.Of(policy, readings);
        return new(GateCheck.Of(policy, readings, facts, context).Verdict, score.Fit, score.Interest, FindingWriter.Of(policy, facts, readings));
    }

    /// <summary>The verdict alone, read from no more than it hangs on. Allocates nothing if the facts lie in the catalogue of the rules.</summary>
    public static Verdict Judge(RuleSet rules, LeadFacts facts, in LeadContext context)
    {
        facts = facts.In(rules.Catalogue);
        return VerdictOnly.Of(rules.PolicyFor(facts, context), facts, context);
    }
}
