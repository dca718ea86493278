using System.Text;

namespace CrmSync.Leads.Texts;

/// <summary>One offer past its deadline, as a manager is told of it.</summary>
/// <param name="LateHours">In working hours.</param>
/// <param name="Name">Person and company; null where names are not told.</param>
public sealed record LateOffer(string Lead, string? Link, string? Owner, DateTimeOffset DueAt, decimal LateHours, string? Name);

/// <summary>The list of unanswered offers for a manager.</summary>
public static class BreachText
{
    /// <summary>More rows than this only make the message unread.</summary>
    private const int MostRows = 50;

    public static string Title(int count, DateOnly day, string language)
    {
        var phrases = TextLanguage.Of(language);
        return phrases.BreachTitle(count, phrases.Date(day));
    }

    /// <summary>The title, and a line for each offer. <paramref name="zone"/>: the one in which deadlines are named.</summary>
    public static string Of(IReadOnlyList<LateOffer> offers, DateOnly day, TimeZoneInfo zone, string language)
    {
        var phrases = TextLanguage.Of(language);
        var text = new StringBuilder(Title(offers.Count, day, language));
        foreach (var offer in offers.Take(MostRows))
        {
            var who = offer.Name is { } name ? $"{offer.Lead} ({Line.Foreign(name)})" : offer.Lead;
            var due = phrases.DueShort(TimeZoneInfo.ConvertTime(offer.DueAt, zone));
            text.Append('\n').Append(phrases.BreachRow(who, offer.Owner, due, phrases.Number(offer.LateHours)));
            if (offer.Link is { } link)
                text.Append(' ').Append(link);
        }
        if (offers.Count > MostRows)
            text.Append('\n').Append(phrases.AndMore(offers.Count - MostRows));
        return text.Append('\n').Append(phrases.BreachAdvice).ToString();
    }
}
