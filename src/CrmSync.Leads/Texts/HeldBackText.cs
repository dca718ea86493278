using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>Names the criteria by which a gate, thresholds and blockers aside, keeps a lead.</summary>
internal sealed class HeldBackText(Evaluation evaluation, Policy policy, Phrases phrases)
{
    /// <summary>"Held back by: Budget answered no.", or null.</summary>
    internal string? Sentence()
    {
        var reasons = string.Join("; ", Reasons(evaluation.Mql == GateResult.Pass ? policy.Gates.Offer : policy.Gates.Mql));
        return reasons.Length == 0 ? null : phrases.HeldBackBy(reasons);
    }

    private IEnumerable<string> Reasons(Gate gate)
    {
        var unmet = gate.Met.Where(i => Result(i) != CriterionResult.Met);
        foreach (var i in gate.NoneNotMet.Where(i => Result(i) == CriterionResult.NotMet).Union(unmet))
            yield return Reason(evaluation.Findings[i], Text(i));
        var met = gate.Of.Count(i => Result(i) == CriterionResult.Met);
        if (met < gate.AtLeast)
            yield return phrases.TooFewMet(met, gate.AtLeast, Line.List([.. gate.Of.Select(Text)], phrases.And));
    }

    private string Reason(Finding finding, string criterion) => finding switch
    {
        { Result: CriterionResult.Unknown } => phrases.IsOpen(criterion),
        { Group: CriterionGroup.Bant } => phrases.AnsweredNo(criterion),
        _ => phrases.IsNotMet(criterion),
    };

    private CriterionResult Result(int criterion) => evaluation.Findings[criterion].Result;

    private string Text(int criterion) => policy.Criteria[criterion].Text.In(phrases.Language);
}
