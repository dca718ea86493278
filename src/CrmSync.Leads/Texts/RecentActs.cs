using System.Globalization;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>The two acts that weigh most: why a lead is handed over now.</summary>
internal static class RecentActs
{
    private const int Shown = 2;

    /// <summary>"attended the webinar "X" on 17 Nov and downloaded a guide on 12 Nov.", or empty.</summary>
    internal static string Sentence(FindingLines lines)
    {
        var phrases = lines.Phrases;
        return Stop(Line.List([.. Heaviest(lines).Select(finding => phrases.ActOn(Spoken(lines, finding), lines.Day(finding.SeenAt!.Value)))], phrases.And));
    }

    /// <summary>"Attended webinar 17 Nov, downloaded guide 12 Nov. ", or empty.</summary>
    internal static string Brief(FindingLines lines)
    {
        var acts = Heaviest(lines).Select(finding => $"{lines.Act(finding)!.Done} {lines.Day(finding.SeenAt!.Value)}");
        var sentence = Stop(Line.Capital(string.Join(", ", acts)));
        return sentence.Length == 0 ? "" : sentence + " ";
    }

    private static IEnumerable<Finding> Heaviest(FindingLines lines) => lines.Of(CriterionGroup.Interest, CriterionResult.Met)
        .Where(finding => finding.MaxPoints >= 0 && finding.SeenAt is not null && lines.Act(finding) is not null)
        .OrderByDescending(finding => finding.MaxPoints).Take(Shown);

    private static string Spoken(FindingLines lines, Finding finding)
    {
        var words = lines.Act(finding)!;
        if (lines.Count(finding)!.Needed > 1)
            return $"{finding.Count} {words.Noun}";
        if (finding.Detail is not { } detail)
            return words.Once;
        var title = words.Place is null ? $"\"{Line.Foreign(detail)}\"" : Line.Foreign(detail);
        return string.Format(CultureInfo.InvariantCulture, words.Titled, title);
    }

    // A Danish date ends with its own full stop.
    private static string Stop(string sentence) => sentence.Length == 0 || sentence.EndsWith('.') ? sentence : sentence + ".";
}
