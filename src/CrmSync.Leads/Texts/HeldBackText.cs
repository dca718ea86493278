using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>Names that by which the gates, points for the MQL gate and blockers aside, keep a lead.</summary>
internal sealed class HeldBackText(Evaluation evaluation, FindingLines lines)
{
    private readonly Policy _policy = lines.Policy;
    private readonly Phrases _phrases = lines.Phrases;

    /// <summary>"Held back by: Budget answered no.", or null.</summary>
    internal string? Sentence()
    {
        // What the offer gate will ask is told before too: no promise is kept against it.
        var reasons = (evaluation.Mql == GateResult.Pass ? TooLow() : Reasons(_policy.Gates.Mql)).Concat(Reasons(_policy.Gates.Offer)).Distinct();
        var told = string.Join("; ", reasons);
        return told.Length == 0 ? null : _phrases.HeldBackBy(told);
    }

    private IEnumerable<string> TooLow()
    {
        var offer = _policy.Gates.Offer;
        if (offer.OrHandRaise && evaluation.HandRaise)
            yield break;
        if (evaluation.FitScore < offer.Fit)
            yield return _phrases.TooLow(_phrases.Fit, evaluation.FitScore, offer.Fit.Value);
        if (evaluation.InterestScore < offer.Interest)
            yield return _phrases.TooLow(_phrases.Interest, evaluation.InterestScore, offer.Interest.Value);
    }

    private IEnumerable<string> Reasons(Gate gate)
    {
        var unmet = gate.Met.Where(i => Result(i) != CriterionResult.Met);
        foreach (var i in gate.NoneNotMet.Where(i => Result(i) == CriterionResult.NotMet).Union(unmet))
            yield return Reason(evaluation.Findings[i], Text(i));
        var met = gate.Of.Count(i => Result(i) == CriterionResult.Met);
        if (met < gate.AtLeast)
            yield return _phrases.TooFewMet(met, gate.AtLeast, Line.List([.. gate.Of.Select(Text)], _phrases.And));
        var asked = lines.Facts(gate.AnyKnown);
        // The data that is missing for the gate that the lead is at is told by itself.
        if (asked.Count > 0 && evaluation.KnowsNone(gate.AnyKnown) && !asked.All(evaluation.MissingFacts.Contains))
            yield return _phrases.NoneKnown(Line.List([.. asked.Select(lines.NameOf)], _phrases.Or));
    }

    private string Reason(Finding finding, string criterion) => finding switch
    {
        { Result: CriterionResult.Unknown } => _phrases.IsOpen(criterion),
        { Group: CriterionGroup.Bant } => _phrases.AnsweredNo(criterion),
        _ => _phrases.IsNotMet(criterion),
    };

    private CriterionResult Result(int criterion) => evaluation.Findings[criterion].Result;

    private string Text(int criterion) => _policy.Criteria[criterion].Text.In(_phrases.Language);
}
