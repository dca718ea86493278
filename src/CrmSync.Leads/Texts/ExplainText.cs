using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>Every finding of an evaluation for the terminal, one a line; nothing is left out.</summary>
public static class ExplainText
{
    public static IReadOnlyList<string> Lines(RuleSet rules, Evaluation evaluation, TimeZoneInfo zone, string language)
    {
        var lines = new FindingLines(rules, evaluation, zone, TextLanguage.Of(language));
        var text = new List<string>
        {
            VerdictText.Of(evaluation.Verdict, language) + (lines.Policy.When is null ? "" : $" ({lines.Policy.Id})"),
            $"{VerdictText.Of(CriterionGroup.Fit, language)} {evaluation.FitScore}, {VerdictText.Of(CriterionGroup.Interest, language)} {evaluation.InterestScore}",
            $"MQL: {VerdictText.Of(evaluation.Mql, language)}; {(language == "da" ? "sendes til salg" : "offer")}: {VerdictText.Of(evaluation.Offer, language)}; SQL: {VerdictText.Of(evaluation.SalesQualified, language)}",
        };
        foreach (var group in Enum.GetValues<CriterionGroup>())
            text.AddRange(evaluation.Findings.Where(finding => finding.Group == group).Select(finding => Say(lines, finding, language)));
        return text;
    }

    private static string Say(FindingLines lines, Finding finding, string language)
    {
        var name = $"{VerdictText.Of(finding.Group, language)} {finding.Criterion}";
        return finding.Result switch
        {
            CriterionResult.Met => $"{FindingLines.Sign(finding)} {name}: {Saw(lines, finding)}",
            CriterionResult.Unknown => $"? {name}: {NotMetLine.Unknown(lines, finding)}{Worth(finding)}",
            _ => $"- {name}: {(finding.Fact is null ? lines.Criterion(finding).Text.In(language) : NotMetLine.Of(lines, finding))}",
        };
    }

    private static string Saw(FindingLines lines, Finding finding) => finding switch
    {
        { Fact: null } => lines.Label(finding),
        { MaxPoints: 0 } => lines.Seen(finding),
        _ => lines.Met(finding),
    };

    private static string Worth(Finding finding) => finding.MaxPoints == 0 ? "" : $" (0/{finding.Worth})";
}
