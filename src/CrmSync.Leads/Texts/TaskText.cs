using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>The task that asks a rep for an answer.</summary>
public static class TaskText
{
    public static string Title(Evaluation evaluation, string lead, string? company, DateTimeOffset due, TimeZoneInfo zone, string language)
    {
        var phrases = TextLanguage.Of(language);
        var title = phrases.TaskTitle(Line.Foreign(lead), Line.Foreign(company ?? ""), phrases.DueShort(TimeZoneInfo.ConvertTime(due, zone)));
        return evaluation.HandRaise ? phrases.HandRaisePrefix + title : title;
    }

    public static string Body(RuleSet rules, Evaluation evaluation, TimeZoneInfo zone, string language)
    {
        var phrases = TextLanguage.Of(language);
        var acts = RecentActs.Brief(new FindingLines(rules, evaluation, zone, phrases));
        return phrases.TaskBody(acts, evaluation.FitScore, evaluation.InterestScore);
    }
}
