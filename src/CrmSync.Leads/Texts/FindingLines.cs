using System.Globalization;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>Says findings of one evaluation, one at a time and without a sign in front.</summary>
internal sealed class FindingLines(RuleSet rules, Evaluation evaluation, TimeZoneInfo zone, Phrases phrases)
{
    internal Phrases Phrases => phrases;

    /// <summary>The policy that judged.</summary>
    internal Policy Policy { get; } = rules.PolicyOf(evaluation);

    internal IEnumerable<Finding> Of(CriterionGroup group, CriterionResult result) =>
        evaluation.Findings.Where(finding => finding.Group == group && finding.Result == result);

    internal Criterion Criterion(Finding finding) => Policy.Find(finding.Criterion)!;

    /// <summary>"FIT 75 of 100 (needs 50)".</summary>
    internal string Score(CriterionGroup group) => group == CriterionGroup.Fit
        ? phrases.Score(phrases.Fit, evaluation.FitScore, Policy.Caps.Fit, Policy.Gates.Mql.Fit)
        : phrases.Score(phrases.Interest, evaluation.InterestScore, Policy.Caps.Interest, Policy.Gates.Mql.Interest);

    /// <summary>"Rules: Standard v3 (1 Nov 2026).", and by which of several policies.</summary>
    internal string RulesLine() => phrases.Rules(
        Policy.When is null ? rules.Name : $"{rules.Name} ({Policy.Id})", rules.Version, phrases.Date(rules.Effective));

    internal DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);

    internal string Day(DateTimeOffset instant) => phrases.Day(Local(instant));

    internal int WindowDays(Finding finding) => (int)Math.Ceiling(Criterion(finding).When.Window.TotalDays);

    /// <summary>How acts of this finding are spoken of, or null if it is about no act.</summary>
    internal ActWords? Act(Finding finding) => finding.Fact?.StartsWith(WellKnownFacts.EngagementPrefix, StringComparison.Ordinal) == true
        ? phrases.Act(finding.Fact[WellKnownFacts.EngagementPrefix.Length..])
        : null;

    /// <summary>"Industry": the fact's label, else the criterion's text.</summary>
    internal string Label(Finding finding) =>
        (finding.Fact is { } fact ? LabelOf(fact) : null) ?? Criterion(finding).Text.In(phrases.Language);

    internal string? LabelOf(string fact) =>
        phrases.FactLabel(fact) ?? rules.Facts.FirstOrDefault(custom => custom.Definition.Name == fact)?.Label?.In(phrases.Language);

    /// <summary>"Industry: machinery (25)", "Attended webinar 17 Nov (17 of 20)".</summary>
    internal string Met(Finding finding) => $"{Seen(finding)} {Points(finding)}";

    /// <summary>"(25)" if nothing has faded, else "(17 of 20)".</summary>
    internal string Points(Finding finding) =>
        finding.Points == finding.MaxPoints ? $"({finding.Points})" : $"({finding.Points} {phrases.Of} {finding.MaxPoints})";

    internal string Seen(Finding finding)
    {
        if (Act(finding) is not { } words || finding.SeenAt is not { } seen)
            return $"{Label(finding)}: {Value(finding)}";
        if (Criterion(finding).When.ActsNeeded > 1)
            return phrases.Counted(finding.Count ?? 0, words.Noun, WindowDays(finding), Day(seen));
        var act = words.Place is { } place && finding.Detail is { } detail
            ? string.Format(CultureInfo.InvariantCulture, place, Line.Foreign(detail, 40))
            : words.Done;
        return $"{Line.Capital(act)} {Day(seen)}";
    }

    private string Value(Finding finding) => finding.Value switch
    {
        { IsKnown: false } => phrases.NotKnown("").TrimStart(':', ' '),
        { Type: FactType.Text } value => Line.Foreign(Named(finding.Fact!, value.Text), 60),
        { Type: FactType.Choices } value => Line.Foreign(string.Join(", ", value.Choices.Select(choice => Named(finding.Fact!, choice))), 60),
        { Type: FactType.Number } value => value.Number.ToString("0.##", CultureInfo.InvariantCulture),
        { Type: FactType.Flag } value => value.Flag ? phrases.Yes : phrases.No,
        { Type: FactType.Bant } value => value.Bant == BantAnswer.Met ? phrases.Yes : phrases.No,
        { Type: FactType.Instant } value => Day(value.Instant),
        _ => "",
    };

    private string Named(string fact, string value) => rules.Aliases.Display(fact, value, phrases.Language);
}
