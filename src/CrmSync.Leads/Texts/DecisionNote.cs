using CrmSync.Leads.Fields;

namespace CrmSync.Leads.Texts;

/// <summary>The note that records an answer in the CRM.</summary>
public static class DecisionNote
{
    /// <summary>
    /// <paramref name="option"/>: the value chosen in the answer field. <paramref name="againAfter"/>: the end of the cool-off of a
    /// rejection; null: it will not be sent again.
    /// </summary>
    public static string Of(
        string option, string rep, DateTimeOffset at, string? comment, DateTimeOffset? againAfter, TimeZoneInfo zone, string language)
    {
        var phrases = TextLanguage.Of(language);
        var said = string.IsNullOrWhiteSpace(comment) ? null : Line.Foreign(comment, 500);
        var note = phrases.Decided(phrases.Verb(option), Line.Foreign(rep), phrases.Moment(TimeZoneInfo.ConvertTime(at, zone)), Reason(option, language), said);
        if (!option.StartsWith("reject_", StringComparison.Ordinal))
            return note;
        var back = againAfter is { } until
            ? phrases.BackUntil(phrases.Date(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(until, zone).DateTime)))
            : phrases.BackForGood;
        return $"{note} {back}";
    }

    /// <summary>Nobody answered, and the policy sends the lead back.</summary>
    public static string Unanswered(DateTimeOffset due, TimeZoneInfo zone, string language)
    {
        var phrases = TextLanguage.Of(language);
        return phrases.Unanswered(phrases.Moment(TimeZoneInfo.ConvertTime(due, zone)));
    }

    // The option reads "Reject: bad timing"; what follows the colon is the reason.
    private static string? Reason(string option, string language)
    {
        if (option is "accept" or "take")
            return null;
        var field = HandoverFields.All.First(known => known.Name == HandoverFields.Decision);
        var label = field.Options.FirstOrDefault(known => known.Value == option);
        var text = language == "da" ? label?.Danish : label?.English;
        return text?[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
