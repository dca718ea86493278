using System.Globalization;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Texts;

namespace CrmSync.Worker.Rules.Cases;

/// <summary>Judges the lead of a case and compares the answer with what the case expects.</summary>
internal sealed class CaseJudge(RuleSet rules)
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.Utc;

    internal CaseOutcome Judge(LeadCase lead)
    {
        var came = RuleEngine.Evaluate(rules, lead.Facts, lead.Context);
        IReadOnlyList<CaseDifference> differences = [.. Differences(lead.Expected, came).OfType<CaseDifference>()];
        return new(lead.Name, lead.Line, Word(came.Verdict), came.FitScore, came.InterestScore, differences,
            differences.Count == 0 ? [] : [.. ExplainText.Lines(rules, came, Zone, "en").Where(IsTelling)]);
    }

    // A blocker that does not fire explains nothing.
    private static bool IsTelling(string line) =>
        !line.StartsWith("- blocker ", StringComparison.Ordinal) && !line.StartsWith("? blocker ", StringComparison.Ordinal);

    private static IEnumerable<CaseDifference?> Differences(Expectation expected, Evaluation came)
    {
        yield return Unlike("verdict", Word(expected.Verdict), Word(came.Verdict));
        yield return Unlike("policy", expected.Policy, came.Policy);
        yield return Unlike("fit", Number(expected.Fit), Number(came.FitScore));
        yield return Unlike("interest", Number(expected.Interest), Number(came.InterestScore));
        yield return Unlike("handRaise", expected.HandRaise is { } raised ? Word(raised) : null, Word(came.HandRaise));
        yield return Unlike("gate mql", Word(expected.Mql), Word(came.Mql));
        yield return Unlike("gate offer", Word(expected.Offer), Word(came.Offer));
        yield return Unlike("gate sql", Word(expected.Sql), Word(came.SalesQualified));
        foreach (var finding in expected.Findings)
            yield return Unlike(finding, came.Findings.FirstOrDefault(seen => seen.Criterion == finding.Criterion));
        yield return Unlike("blockers", List(expected.Blockers), List(came.Blockers));
        yield return Unlike("missing", List(expected.Missing), List(came.MissingFacts));
    }

    private static CaseDifference? Unlike(string what, string? expected, string? came) =>
        expected is null || expected == came ? null : new(what, expected, came ?? "nothing");

    private static CaseDifference? Unlike(ExpectedFinding expected, Finding? came)
    {
        if (came is null)
            return new(expected.Criterion, Word(expected.Result), "no finding");
        if (came.Result == expected.Result && (expected.Points is not { } points || points == came.Points))
            return null;
        return new(expected.Criterion, Said(expected.Result, expected.Points), Said(came.Result, expected.Points is null ? null : came.Points), Saw(came));
    }

    private static string Said(CriterionResult result, int? points) =>
        result == CriterionResult.Met && points is not null ? $"met {Number(points)}" : Word(result);

    private static string Saw(Finding finding) => finding switch
    {
        { Fact: null } => "",
        { Count: { } count } => string.Create(CultureInfo.InvariantCulture, $"{finding.Fact}: {count} in the window") + Seen(finding.SeenAt),
        { Value.Type: FactType.Choices, Value.IsKnown: true } => $"{finding.Fact} is {string.Join(", ", finding.Value.Choices)}",
        _ => $"{finding.Fact} is {finding.Value}",
    };

    private static string Seen(DateTimeOffset? seen) => seen is { } at ? string.Create(CultureInfo.InvariantCulture, $", latest {at:yyyy-MM-dd HH:mm}") : "";

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? List(IReadOnlyList<string>? names) =>
        names is null ? null : names.Count == 0 ? "none" : string.Join(", ", names.Order(StringComparer.Ordinal));

    private static string Word(bool flag) => flag ? "true" : "false";

    private static string Word(Verdict verdict) => Lower(verdict.ToString());

    private static string? Word(GateResult? result) => result is { } known ? Lower(known.ToString()) : null;

    private static string Word(CriterionResult result) => Lower(result.ToString());

    // As files and JSON write it: a lower first letter.
    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
