using CrmSync.Leads.Fields;

namespace CrmSync.Leads.Texts;

/// <summary>The note that records an answer in the CRM.</summary>
public static class DecisionNote
{
    /// <summary>
    /// <paramref name="option"/>: the value chosen in the answer field. <paramref name="rep"/> and <paramref name="at"/> are null
    /// where the CRM does not tell. <paramref name="againAfter"/>: the end of the cool-off of a
    /// rejection; null: it will not be sent again.
    /// </summary>
    public static string Of(
        string option, string? rep, DateTimeOffset? at, string? comment, DateTimeOffset? againAfter, TimeZoneInfo zone, string language)
    {
        var phrases = TextLanguage.Of(language);
        var said = string.IsNullOrWhiteSpace(comment) ? null : Line.Foreign(comment, 500);
        var note = phrases.Decided(phrases.Verb(option), Rep(phrases, rep), Moment(phrases, at, zone), Reason(option, language), said);
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

    /// <summary>It was sent back for missing data, and somebody took it or moved it on before that came.</summary>
    public static string WentOn(string language) => TextLanguage.Of(language).WentOn;

    /// <summary>Nobody answered, and by agreement that is a yes.</summary>
    public static string Silent(DateTimeOffset due, TimeZoneInfo zone, string language)
    {
        var phrases = TextLanguage.Of(language);
        return phrases.AcceptedBySilence(phrases.Moment(TimeZoneInfo.ConvertTime(due, zone)));
    }

    /// <summary>Somebody accepted by what they did, as the mapping allows; <paramref name="rep"/> and <paramref name="at"/> are null where the CRM does not tell.</summary>
    public static string Acted(string? rep, DateTimeOffset? at, TimeZoneInfo zone, string language)
    {
        var phrases = TextLanguage.Of(language);
        return phrases.AcceptedByAction(Rep(phrases, rep), Moment(phrases, at, zone));
    }

    /// <summary>The answer "other" lacks its reason.</summary>
    public static string SayWhy(string language) => TextLanguage.Of(language).SayWhy.TrimEnd();

    /// <summary>An answer to which there is no offer; <paramref name="option"/> is null when it is not known any more.</summary>
    public static string NothingToAnswer(string? option, string language)
    {
        var label = Option(option, language);
        return TextLanguage.Of(language).NothingToAnswer(label);
    }

    /// <summary>An answer too late, or of somebody else, about a lead that sales has; <paramref name="accepted"/> is null where nobody observed the instant.</summary>
    public static string Stands(string? option, DateTimeOffset? accepted, TimeZoneInfo zone, string language)
    {
        var phrases = TextLanguage.Of(language);
        return phrases.AcceptanceStands(Moment(phrases, accepted, zone), Option(option, language));
    }

    private static string Rep(Phrases phrases, string? rep) => string.IsNullOrWhiteSpace(rep) ? phrases.Sales : Line.Foreign(rep);

    private static string Moment(Phrases phrases, DateTimeOffset? at, TimeZoneInfo zone) =>
        at is { } instant ? $" {phrases.Moment(TimeZoneInfo.ConvertTime(instant, zone))}" : "";

    // The option reads "Reject: bad timing"; what follows the colon is the reason.
    private static string? Reason(string option, string language)
    {
        if (option is "accept" or "take")
            return null;
        var text = Option(option, language);
        return text?[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static string? Option(string? option, string language)
    {
        var field = HandoverFields.All.First(known => known.Name == HandoverFields.Decision);
        var label = field.Options.FirstOrDefault(known => known.Value == option);
        return language == "da" ? label?.Danish : label?.English;
    }
}
