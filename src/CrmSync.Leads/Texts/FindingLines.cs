using System.Globalization;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>Says findings of one evaluation, one at a time and without a sign in front.</summary>
internal sealed class FindingLines(RuleSet rules, Evaluation evaluation, TimeZoneInfo zone, Phrases phrases)
{
    internal Phrases Phrases => phrases;

    /// <summary>The policy that judged.</summary>
    internal Policy Policy { get; } = rules.PolicyNamed(evaluation.Policy);

    internal IEnumerable<Finding> Of(CriterionGroup group, CriterionResult result) =>
        evaluation.Findings.Where(finding => finding.Group == group && finding.Result == result);

    internal Criterion Criterion(Finding finding) => Policy.Find(finding.Criterion)!;

    /// <summary>The place of a finding's criterion in the policy.</summary>
    internal int IndexOf(Finding finding) => evaluation.Findings.TakeWhile(other => other.Criterion != finding.Criterion).Count();

    /// <summary>"FIT 75 of 100 (needs 50)".</summary>
    internal string Score(CriterionGroup group) => group == CriterionGroup.Fit
        ? phrases.Score(phrases.Fit, evaluation.FitScore, Policy.Caps.Fit, Policy.Gates.Mql.Fit)
        : phrases.Score(phrases.Interest, evaluation.InterestScore, Policy.Caps.Interest, Policy.Gates.Mql.Interest);

    /// <summary>"Rules: Standard v3 (1 Nov 2026).", and by which of several policies.</summary>
    internal string RulesLine() => phrases.Rules(
        Policy.When is null ? rules.Name : $"{rules.Name} ({Policy.Id})", rules.Version, phrases.Date(rules.Effective));

    internal DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);

    internal string Day(DateTimeOffset instant) => phrases.Day(Local(instant));

    /// <summary>How acts of this finding are spoken of, and counted; null if it is about no act, or its acts tell no number.</summary>
    internal ActWords? Act(Finding finding) => Count(finding) is null ? null : ActOf(finding);

    /// <summary>The count that a finding about acts tells of, or null.</summary>
    internal DecidingCount? Count(Finding finding) =>
        IsAct(finding) ? DecidingCount.Of(Criterion(finding).When, rules.Catalogue.SlotOf(finding.Fact!), finding, evaluation.At) : null;

    internal static bool IsAct(Finding finding) => finding.Fact is { } fact && IsAct(fact);

    /// <summary>How acts of its kind are spoken of, or null if it is about no act.</summary>
    internal ActWords? ActOf(Finding finding) => finding.Fact is { } fact ? ActOf(fact) : null;

    /// <summary>"Industry": the fact's label, else the criterion's text.</summary>
    internal string Label(Finding finding) =>
        (finding.Fact is { } fact ? LabelOf(fact) : null) ?? Criterion(finding).Text.In(phrases.Language);

    internal string? LabelOf(string fact) =>
        phrases.FactLabel(fact) ?? rules.Facts.FirstOrDefault(custom => custom.Definition.Name == fact)?.Label?.In(phrases.Language);

    /// <summary>The names of facts by their slots.</summary>
    internal IReadOnlyList<string> Facts(IReadOnlyList<int> slots) => [.. slots.Select(slot => rules.Catalogue.Definitions[slot].Name)];

    /// <summary>What a fact that is missing is called.</summary>
    internal string NameOf(string fact) => LabelOf(fact) ?? (ActOf(fact) is { } words ? Line.Capital(words.Noun) : fact);

    /// <summary>"Industry: machinery (25)", "Attended webinar 17 Nov (17 of 20)".</summary>
    internal string Met(Finding finding) => $"{Seen(finding)} {Points(finding)}";

    /// <summary>What stands before a finding that is met: points that it takes away have a sign of their own.</summary>
    internal static string Sign(Finding finding) => finding.MaxPoints < 0 ? "!" : "+";

    /// <summary>"(25)" if nothing has faded, else "(17 of 20)".</summary>
    internal string Points(Finding finding) =>
        finding.Points == finding.MaxPoints ? $"({finding.Points})" : $"({finding.Points} {phrases.Of} {finding.MaxPoints})";

    internal string Seen(Finding finding)
    {
        if (!IsAct(finding))
            return $"{Label(finding)}: {Value(finding)}";
        if (Count(finding) is not { } count || Act(finding) is not { } words || finding.SeenAt is not { } seen)
            return Label(finding);
        if (count.Needed > 1)
            return phrases.Counted(finding.Count ?? 0, words.Noun, count.WindowDays, Day(seen));
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
        { Type: FactType.Number } value => phrases.Number(value.Number),
        { Type: FactType.Flag } value => value.Flag ? phrases.Yes : phrases.No,
        { Type: FactType.Bant } value => value.Bant == BantAnswer.Met ? phrases.Yes : phrases.No,
        { Type: FactType.Instant } value => Day(value.Instant),
        _ => "",
    };

    private static bool IsAct(string fact) => fact.StartsWith(WellKnownFacts.EngagementPrefix, StringComparison.Ordinal);

    private ActWords? ActOf(string fact) => IsAct(fact) ? phrases.Act(fact[WellKnownFacts.EngagementPrefix.Length..]) : null;

    private string Named(string fact, string value) => rules.Aliases.Display(fact, value, phrases.Language);
}
