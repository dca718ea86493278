using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts;

/// <summary>The task that asks a rep for an answer.</summary>
public static class TaskText
{
    /// <param name="notice">What made the task be told anew; null: the offer itself.</param>
    public static string Title(
        Evaluation evaluation, string lead, string? company, DateTimeOffset due, TimeZoneInfo zone, string language, HandoverNotice? notice = null)
    {
        var phrases = TextLanguage.Of(language);
        var title = phrases.TaskTitle(Line.Foreign(lead), Line.Foreign(company ?? ""), phrases.DueShort(TimeZoneInfo.ConvertTime(due, zone)));
        return Prefix(phrases, notice) + (evaluation.HandRaise ? phrases.HandRaisePrefix : "") + title;
    }

    /// <inheritdoc cref="Title"/>
    public static string Body(RuleSet rules, Evaluation evaluation, TimeZoneInfo zone, string language, HandoverNotice? notice = null)
    {
        var phrases = TextLanguage.Of(language);
        var acts = RecentActs.Brief(new FindingLines(rules, evaluation, zone, phrases));
        var news = notice switch
        {
            HandoverNotice.AnswerIncomplete => phrases.SayWhy,
            HandoverNotice.ReopenTask => phrases.Reopened,
            _ => "",
        };
        return news + phrases.TaskBody(acts, evaluation.FitScore, evaluation.InterestScore);
    }

    private static string Prefix(Phrases phrases, HandoverNotice? notice) => notice switch
    {
        HandoverNotice.Reminder => phrases.ReminderPrefix,
        HandoverNotice.Overdue => phrases.OverduePrefix,
        HandoverNotice.Escalated => phrases.EscalatedPrefix,
        HandoverNotice.Disputed => phrases.DisputedPrefix,
        HandoverNotice.AnswerIncomplete => phrases.SayWhyPrefix,
        _ => "",
    };
}
