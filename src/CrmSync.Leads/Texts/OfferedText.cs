using CrmSync.Leads.Facts;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>The lines of an offer, and of one that is decided or over.</summary>
internal sealed class OfferedText(Evaluation evaluation, LeadFacts facts, FindingLines lines)
{
    private readonly Phrases _phrases = lines.Phrases;

    internal IEnumerable<Line> Lines(DateTimeOffset due) =>
        [new(0, _phrases.OfferedTitle(_phrases.DueLong(lines.Local(due)))), .. Reasons(), new(1, _phrases.HowToAnswer), Rules()];

    /// <summary>Nothing is to be answered any more, nor would this lead not have been sent.</summary>
    internal IEnumerable<Line> Ended(HandoverState state, DateTimeOffset? at)
    {
        var date = at is { } instant ? $" · {_phrases.Date(DateOnly.FromDateTime(lines.Local(instant).DateTime))}" : "";
        return [new(0, _phrases.EndedTitle(state) + date), .. Grounds(), Rules()];
    }

    private IEnumerable<Line> Reasons() => Hinge() is { } hinge ? [.. Grounds(), new(5, hinge)] : Grounds();

    private IEnumerable<Line> Grounds()
    {
        if (RecentActs.Sentence(lines) is { Length: > 0 } acts)
            yield return new(1, _phrases.WhyNow(acts));
        yield return new(2, lines.Score(CriterionGroup.Fit));
        foreach (var line in Fit())
            yield return line;
        yield return new(2, lines.Score(CriterionGroup.Interest));
        foreach (var line in Interest())
            yield return line;
        yield return new(4, Bant());
    }

    private Line Rules()
    {
        var fades = lines.Policy.Criteria.Any(criterion => criterion.HalfLifeDays is not null) ? $" {_phrases.Fades}" : "";
        return new(7, lines.RulesLine() + fades);
    }

    private IEnumerable<Line> Fit()
    {
        foreach (var met in lines.Of(CriterionGroup.Fit, CriterionResult.Met))
            yield return new(3, $"{FindingLines.Sign(met)} {lines.Met(met)}");
        foreach (var open in lines.Of(CriterionGroup.Fit, CriterionResult.Unknown))
            yield return new(5, $"? {_phrases.NotKnown(lines.Label(open))} {lines.Points(open)}");
        foreach (var not in lines.Of(CriterionGroup.Fit, CriterionResult.NotMet))
            yield return new(6, $"- {lines.Met(not)}");
    }

    private IEnumerable<Line> Interest()
    {
        foreach (var met in lines.Of(CriterionGroup.Interest, CriterionResult.Met))
            yield return new(3, $"{FindingLines.Sign(met)} {lines.Met(met)}");
        foreach (var open in lines.Of(CriterionGroup.Interest, CriterionResult.Unknown).Where(finding => finding.CountedSince is not null))
            yield return new(6, $"? {NotMetLine.Unknown(lines, open)}");
        // One silence tells enough: the heaviest. That nobody asked for a demo goes without saying.
        var silent = lines.Of(CriterionGroup.Interest, CriterionResult.NotMet).Where(finding => !lines.Criterion(finding).HandRaise);
        if (silent.MaxBy(finding => finding.MaxPoints) is { } heaviest)
            yield return new(6, $"- {NotMetLine.Of(lines, heaviest)}");
    }

    private string Bant()
    {
        string Topics(BantAnswer answer) => Line.List([.. BantFacts().Where(fact => facts[fact].Bant == answer).Select(_phrases.BantTopic)], _phrases.And);
        return _phrases.Bant(Topics(BantAnswer.Met), Topics(BantAnswer.NotMet), Topics(BantAnswer.Unknown));
    }

    private static IEnumerable<string> BantFacts() =>
        [WellKnownFacts.BantNeed, WellKnownFacts.BantTimeline, WellKnownFacts.BantBudget, WellKnownFacts.BantAuthority];

    private string? Hinge()
    {
        if (evaluation.HungOn is not { } hinge || evaluation.Findings.First(finding => finding.Criterion == hinge.Criterion) is not { } finding)
            return null;
        if (hinge.Group == CriterionGroup.Fit)
            return _phrases.WithoutFact(lines.Label(finding), hinge.ScoreWithout);
        var what = lines.Act(finding)?.Definite ?? $"\"{lines.Label(finding)}\"";
        // A request passes the thresholds by itself: the score that is left may well reach them, and says nothing.
        if (lines.Criterion(finding).HandRaise)
            return _phrases.WithoutRequest(what);
        return _phrases.Without(what, _phrases.Interest, hinge.ScoreWithout);
    }
}
