using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>The lines for a lead that is not handed over.</summary>
internal sealed class NotYetText(RuleSet rules, Evaluation evaluation, FindingLines lines)
{
    private readonly Phrases _phrases = lines.Phrases;

    internal IEnumerable<Line> Lines()
    {
        yield return new(0, Title());
        if (Verdict() is { Length: > 0 } verdict)
            yield return new(1, verdict);
        var held = new HeldBackText(evaluation, lines).Sentence();
        if (held is not null)
            yield return new(2, held);
        if (evaluation.Blockers.Count > 0)
            yield return new(2, _phrases.Blockers(Blockers()));
        if (Remedy() is { Length: > 0 } remedy)
            yield return new(2, remedy);
        if (Missing() is { } missing)
            yield return new(2, missing);
        foreach (var line in Findings())
            yield return line;
        if (held is null && evaluation.Blockers.Count == 0)
            yield return new(3, _phrases.NoBlockers);
        yield return new(4, _phrases.TakeIt);
        yield return new(7, lines.RulesLine());
    }

    private string Title()
    {
        var judged = _phrases.Date(DateOnly.FromDateTime(lines.Local(evaluation.At).DateTime));
        return evaluation.Verdict == Rules.Verdict.NotEnoughData ? _phrases.NotEnoughDataTitle(judged) : _phrases.NotYetTitle(judged);
    }

    private string Verdict()
    {
        var (mql, fit, interest) = (lines.Policy.Gates.Mql, evaluation.FitScore, evaluation.InterestScore);
        return evaluation.Shortfall switch
        {
            null => _phrases.HeldBack(fit, interest),
            // A request has stood in for the thresholds: points are not what is missing.
            _ when evaluation.HandRaise && lines.Policy.Gates.Mql.OrHandRaise => _phrases.HeldBack(fit, interest),
            { Fit: 0, Interest: 0 } => string.Join(' ', FineInterest(), FineFit()).Trim(),
            // What there is and what is missing add up to what is needed: points taken away may leave less than nothing.
            { Fit: 0 } low => $"{_phrases.Short(_phrases.Interest, low.Interest, mql.Interest!.Value - low.Interest, mql.Interest.Value)} {FineFit()}".TrimEnd(),
            { Interest: 0 } low => $"{_phrases.Short(_phrases.Fit, low.Fit, mql.Fit!.Value - low.Fit, mql.Fit.Value)} {FineInterest()}".TrimEnd(),
            var low => _phrases.ShortBoth(low.Interest, mql.Interest!.Value - low.Interest, mql.Interest.Value, low.Fit, mql.Fit!.Value - low.Fit, mql.Fit.Value),
        };
    }

    private string FineFit() => lines.Policy.Gates.Mql.Fit is { } least
        ? _phrases.Fine(_phrases.Fit, evaluation.FitScore, lines.Policy.Caps.Fit, least)
        : "";

    private string FineInterest() => lines.Policy.Gates.Mql.Interest is { } least
        ? _phrases.Fine(_phrases.Interest, evaluation.InterestScore, lines.Policy.Caps.Interest, least)
        : "";

    private string Remedy()
    {
        if (evaluation.Shortfall is not { } low)
            return "";
        var ways = low.Ways.Select(way => Line.List([.. way.Select(Find).Select(ToDo)], _phrases.And)).ToList();
        // Each way of two says "and": a comma before "or" keeps them apart.
        var told = ways.Count > 0 && low.Ways[0].Count == 1 ? Line.List(ways, _phrases.Or) : string.Join($", {_phrases.Or} ", ways);
        var ready = ways.Count == 0 ? "" : low.OnlyQualifies ? _phrases.WouldQualify(told) : _phrases.WouldMakeReady(told);
        return string.Join(' ', new[] { ready, low.HandRaiseSuffices ? _phrases.AtOnce : "" }.Where(part => part.Length > 0));
    }

    private string ToDo(Finding finding)
    {
        var what = lines.Act(finding) is { } words && lines.Count(finding) is { Alone: true } asked
            ? $"{asked.Needed} {words.ToDo}"
            : finding.Result == CriterionResult.Unknown && !FindingLines.IsAct(finding) ? _phrases.FilledIn(lines.Label(finding))
            // A fact's name alone would say the opposite of a condition under "not".
            : lines.Criterion(finding).Text.In(_phrases.Language);
        return finding.MaxPoints == 0 ? what : $"{what} ({Gain(finding)})";
    }

    // Its own points, those of criteria that come with it, and less those of criteria that it ends.
    private int Gain(Finding finding)
    {
        var (follows, own) = (lines.Policy.Open.Consequences.Value, lines.IndexOf(finding));
        var others = evaluation.Findings.Index().Where(other => other.Item.Group == finding.Group).ToList();
        return finding.MaxPoints
            + others.Where(other => other.Item.Result != CriterionResult.Met && follows.Brings(own, other.Index)).Sum(other => other.Item.MaxPoints)
            - others.Where(other => finding.Result != CriterionResult.Met && follows.Ends(own, other.Index)).Sum(other => other.Item.Points);
    }

    private string? Missing()
    {
        var names = evaluation.MissingFacts.Select(lines.NameOf).Distinct().ToList();
        return names.Count == 0 ? null : _phrases.MissingData(string.Join(", ", names));
    }

    private IEnumerable<Line> Findings()
    {
        var fit = lines.Of(CriterionGroup.Fit, CriterionResult.Met).Select(met => $"{FindingLines.Sign(met)} {lines.Met(met)}").ToList();
        if (fit.Count > 0)
            yield return new(3, string.Join(' ', fit));
        foreach (var met in lines.Of(CriterionGroup.Interest, CriterionResult.Met))
            yield return new(3, $"{FindingLines.Sign(met)} {lines.Met(met)}");
        foreach (var open in lines.Of(CriterionGroup.Fit, CriterionResult.Unknown).Concat(lines.Of(CriterionGroup.Interest, CriterionResult.Unknown)))
            yield return new(5, $"? {NotMetLine.Unknown(lines, open)} {_phrases.WorthUnknown(open.Worth, Changes(open))}");
        foreach (var not in lines.Of(CriterionGroup.Fit, CriterionResult.NotMet))
            yield return new(5, $"- {lines.Met(not)}");
        foreach (var silent in Silences())
            yield return new(6, $"- {silent}");
    }

    private bool Changes(Finding finding) =>
        lines.Criterion(finding).When.Slots.Any(slot => evaluation.MissingFacts.Contains(rules.Catalogue.Definitions[slot].Name));

    // What would make it ready and did not happen, told together where the window is the same.
    private IEnumerable<string> Silences()
    {
        var silent = Asked().Where(finding => finding.Result == CriterionResult.NotMet).ToList();
        foreach (var some in silent.Where(finding => finding.Count is > 0 || lines.Act(finding) is null))
            yield return NotMetLine.Of(lines, some);
        foreach (var group in silent.Where(finding => finding.Count is null or 0 && lines.Act(finding) is not null).GroupBy(finding => lines.Count(finding)!.WindowDays))
            yield return _phrases.NoneIn(Line.Capital(Line.List([.. group.Select(finding => lines.Act(finding)!.Noun).Distinct()], _phrases.Or)), group.Key);
    }

    private IEnumerable<Finding> Asked() => (evaluation.Shortfall?.Ways ?? []).SelectMany(way => way).Distinct().Select(Find);

    private Finding Find(string criterion) => evaluation.Findings.First(finding => finding.Criterion == criterion);

    private string Blockers() => string.Join(", ", evaluation.Blockers.Select(id => Lower(rules.Find(id)!.Text.In(_phrases.Language))));

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
}
