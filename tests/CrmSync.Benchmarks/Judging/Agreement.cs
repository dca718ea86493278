using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Benchmarks.Judging;

/// <summary>Says whether the product and the hand-written rules see the same; figures of two different answers compare nothing.</summary>
internal static class Agreement
{
    /// <exception cref="InvalidOperationException">They differ; the message says where.</exception>
    public static void Check(int number, RuleSet rules, LeadFacts facts, HandLead lead, DateTimeOffset at)
    {
        Span<HandFinding> findings = stackalloc HandFinding[HandRules.Criteria];
        var verdict = HandRules.Judge(lead, at.UtcTicks, findings, out var fit, out var interest);
        var context = new LeadContext(at);
        var evaluation = RuleEngine.Evaluate(rules, facts, context);
        var alone = RuleEngine.Judge(rules, facts, context);
        var weighed = RuleEngine.Weigh(rules, facts, context);
        if ((weighed.Verdict, weighed.FitScore, weighed.InterestScore) != (evaluation.Verdict, evaluation.FitScore, evaluation.InterestScore)
            || !weighed.Findings.SequenceEqual(evaluation.Findings))
            throw new InvalidOperationException($"Lead {number}: the product finds otherwise when it finds no more than that.");
        if ((verdict, verdict, fit, interest) != (evaluation.Verdict, alone, evaluation.FitScore, evaluation.InterestScore))
            throw new InvalidOperationException(
                $"Lead {number}: by hand {verdict}, {fit} and {interest}; the product {evaluation.Verdict} ({alone} alone), {evaluation.FitScore} and {evaluation.InterestScore}.");
        for (var i = 0; i < findings.Length; i++)
            if (Of(evaluation.Findings[i]) != findings[i])
                throw new InvalidOperationException($"Lead {number}, {rules.Criteria[i].Id}: by hand {findings[i]}; the product {Of(evaluation.Findings[i])}.");
    }

    private static HandFinding Of(Finding finding) =>
        new((int)finding.Result - (int)CriterionResult.Unknown, finding.Points, finding.Count ?? 0, finding.SeenAt?.UtcTicks ?? 0,
            finding.Result == CriterionResult.Unknown ? finding.Worth : 0);
}
