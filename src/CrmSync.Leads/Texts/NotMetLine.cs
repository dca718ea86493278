using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>Says what did not happen, or is not known to have.</summary>
internal static class NotMetLine
{
    /// <summary>"Newsletter clicks: none in 30 days", "Page views: 2 in 30 days, needs 3".</summary>
    internal static string Of(FindingLines lines, Finding finding)
    {
        if (lines.Act(finding) is not { } words || lines.Count(finding) is not { } asked)
            return FindingLines.IsAct(finding) ? lines.Label(finding) : finding.MaxPoints == 0 ? lines.Seen(finding) : lines.Met(finding);
        var noun = Line.Capital(words.Noun);
        return finding.Count is > 0 and var count
            ? lines.Phrases.TooFewIn(noun, count, asked.WindowDays, asked.Needed)
            : lines.Phrases.NoneIn(noun, asked.WindowDays);
    }

    /// <summary>"Page views: counted since 1 Nov", "Employees: not known".</summary>
    internal static string Unknown(FindingLines lines, Finding finding)
    {
        var what = lines.ActOf(finding) is { } words ? Line.Capital(words.Noun) : lines.Label(finding);
        return finding.CountedSince is { } since ? lines.Phrases.CountedSince(what, lines.Day(since)) : lines.Phrases.NotKnown(what);
    }
}
