using CrmSync.Adapters.Values;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Acts that HubSpot keeps as a lifetime counter or as the latest instant. A property that the account does not have is
/// missing from the answer: unknown. One that it has and that is empty: the act never happened.
/// </summary>
internal static class HubSpotActs
{
    /// <summary>What reads a fact from HubSpot's own counters, or null for a fact that it does not count.</summary>
    public static Func<HubSpotObject, Engagement?>? CounterOf(string fact) => fact.Replace(WellKnownFacts.EngagementPrefix, "", StringComparison.Ordinal) switch
    {
        EngagementKinds.PageView => contact => Counter(contact, "hs_analytics_last_timestamp", "hs_analytics_num_page_views"),
        EngagementKinds.EmailClick => contact => Counter(contact, "hs_email_last_click_date", "hs_email_click"),
        EngagementKinds.EmailOpen => contact => Counter(contact, "hs_email_last_open_date", "hs_email_open"),
        EngagementKinds.SocialClick => Social,
        EngagementKinds.MeetingBooked => contact => Single(contact, HubSpotPropertyNames.MeetingBooked, null),
        _ => null,
    };

    /// <summary>What one property holds: an instant or a counter. Null where the account has no such property.</summary>
    public static Engagement? Single(HubSpotObject? record, string property, string? title) =>
        record?.Properties?.TryGetValue(property, out var text) == true ? CountedActs.Latest(text, title, HubSpotStreams.Instant) : null;

    private static Engagement? Counter(HubSpotObject contact, string last, string counter) =>
        Sum(contact, counter) is { } total ? CountedActs.Total(total, HubSpotStreams.Instant(contact[last])) : null;

    /// <summary>The clicks of all networks; the broadcast counter is their sum where both are kept.</summary>
    private static Engagement? Social(HubSpotObject contact)
    {
        var all = Sum(contact, "hs_social_num_broadcast_clicks");
        var each = Sum(contact, "hs_social_linkedin_clicks", "hs_social_twitter_clicks", "hs_social_facebook_clicks");
        var total = all is null || each > all ? each : all;
        return total is { } known ? CountedActs.Total(known, HubSpotStreams.Instant(contact["hs_social_last_engagement"])) : null;
    }

    /// <summary>Null where the account has none of the counters, or one is no count.</summary>
    private static decimal? Sum(HubSpotObject contact, params ReadOnlySpan<string> counters)
    {
        decimal? total = null;
        foreach (var counter in counters)
        {
            if (contact.Properties?.TryGetValue(counter, out var text) != true)
                continue;
            var count = string.IsNullOrEmpty(text) ? 0 : RawValues.Number(text);
            if (count is null)
                return null;
            total = (total ?? 0) + count;
        }
        return total is >= 0 and <= long.MaxValue ? total : null;
    }
}
