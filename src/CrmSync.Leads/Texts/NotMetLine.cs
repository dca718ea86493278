using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>Says what did not happen, or is not known to have.</summary>
internal static class NotMetLine
{
    /// <summary>"Newsletter clicks: none in 30 days", "Page views: 2 in 30 days, needs 3".</summary>
    internal static string Of(FindingLines lines, Finding finding)
    {
        if (lines.Act(finding) is not { } words)
            return finding.MaxPoints == 0 ? lines.Seen(finding) : lines.Met(finding);
        var noun = Line.Capital(words.Noun);
        return finding.Count is > 0 and var count
            ? lines.Phrases.TooFewIn(noun, count, lines.WindowDays(finding), lines.Criterion(finding).When.ActsNeeded)
            : lines.Phrases.NoneIn(noun, lines.WindowDays(finding));
    }

    /// <summary>"Page views: counted since 1 Nov", "Employees: not known".</summary>
    internal static string Unknown(FindingLines lines, Finding finding)
    {
        var what = lines.Act(finding) is { } words ? Line.Capital(words.Noun) : lines.Label(finding);
        return finding.CountedSince is { } since ? lines.Phrases.CountedSince(what, lines.Day(since)) : lines.Phrases.NotKnown(what);
    }
}
