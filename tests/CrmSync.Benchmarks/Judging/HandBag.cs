using System.Globalization;

namespace CrmSync.Benchmarks.Judging;

/// <summary>
/// The floor of mapping: what the twelve criteria and the gates need, parsed straight from the bag of one known account,
/// without settings, history or facts that nobody asks for.
/// </summary>
internal static class HandBag
{
    private static readonly HandActs None = new([], 0, -1, 0);

    public static HandLead Parse(Bag bag)
    {
        var contact = bag.Contact.Properties!;
        var company = bag.Company?.Properties;
        var forms = new HandForms(contact);
        return new()
        {
            Email = Text(contact, "email"),
            Phone = Text(contact, "phone") ?? Text(contact, "mobilephone"),
            Role = Text(contact, "jobtitle"),
            BuyingRoles = Text(contact, "hs_buying_role")?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            PersonCountry = Text(contact, "country"),
            CompanyCountry = company is null ? null : Text(company, "country"),
            Industry = company is null ? null : Text(company, "industry"),
            Employees = company is not null && int.TryParse(Text(company, "numberofemployees"), CultureInfo.InvariantCulture, out var size) ? size : null,
            Need = Answer(contact, "bant_need") ?? Answer(contact, "crmsync_bant_need"),
            Timeline = Answer(contact, "bant_timeline") ?? Answer(contact, "crmsync_bant_timeline"),
            HandRaises = forms.Of(HandForm.Request),
            Downloads = forms.Of(HandForm.Content),
            AdForms = forms.Of(HandForm.Ad),
            Meetings = Latest(contact, "engagements_last_meeting_booked"),
            Webinars = Latest(contact, "webinar_last_attended"),
            PageViews = Counter(Count(contact, "hs_analytics_num_page_views"), contact, "hs_analytics_last_timestamp"),
            EmailClicks = Counter(Count(contact, "hs_email_click"), contact, "hs_email_last_click_date"),
            SocialClicks = Counter(Social(contact), contact, "hs_social_last_engagement"),
        };
    }

    internal static string? Text(Dictionary<string, string?> bag, string name) => bag.TryGetValue(name, out var text) && text?.Length > 0 ? text : null;

    internal static long Ticks(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant.UtcTicks : -1;

    private static bool? Answer(Dictionary<string, string?> bag, string name) => Text(bag, name) switch
    {
        { } text when text.Equals("yes", StringComparison.OrdinalIgnoreCase) || text.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
        { } text when text.Equals("no", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
        _ => null,
    };

    private static HandActs? Latest(Dictionary<string, string?> bag, string name)
    {
        if (!bag.TryGetValue(name, out var text))
            return null;
        if (text is null)
            return None;
        var ticks = Ticks(text);
        return ticks < 0 ? null : new([new(ticks, 1)], -1, ticks, ticks);
    }

    // -1: the account has no such field.
    private static long Count(Dictionary<string, string?> bag, string name) =>
        !bag.TryGetValue(name, out var text) ? -1 : long.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private static long Social(Dictionary<string, string?> bag)
    {
        var each = Count(bag, "hs_social_linkedin_clicks");
        each = Count(bag, "hs_social_twitter_clicks") is >= 0 and var more ? Math.Max(each, 0) + more : each;
        each = Count(bag, "hs_social_facebook_clicks") is >= 0 and var still ? Math.Max(each, 0) + still : each;
        return Math.Max(each, Count(bag, "hs_social_num_broadcast_clicks"));
    }

    private static HandActs? Counter(long total, Dictionary<string, string?> bag, string last)
    {
        if (total < 0)
            return null;
        var ticks = Ticks(Text(bag, last));
        return total > 0 ? new([], total, ticks) : ticks < 0 ? None : null;
    }
}
