using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Acts that HubSpot keeps as a lifetime counter or as the latest instant. A property that the account does not have is
/// missing from the answer: unknown. One that it has and that is empty: the act never happened.
/// </summary>
internal static class HubSpotActs
{
    private const int EpochDigits = 12;

    public static Engagement None { get; } = new() { Total = 0, CompleteSince = DateTimeOffset.MinValue };

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

    /// <summary>The latest act by its instant: since then there was none other. A small number is a counter.</summary>
    public static Engagement? Single(HubSpotObject? record, string property, string? title)
    {
        if (record?.Properties?.TryGetValue(property, out var text) != true)
            return null;
        if (string.IsNullOrEmpty(text))
            return None;
        if (text.Length < EpochDigits && HubSpotValues.Number(text) is { } count)
            return Total(count, null);
        return HubSpotStreams.Instant(text) is { } at ? new() { Acts = [new(at, 1, title)], LastAt = at, CompleteSince = at } : null;
    }

    private static Engagement? Counter(HubSpotObject contact, string last, string counter) =>
        Sum(contact, counter) is { } total ? Total(total, HubSpotStreams.Instant(contact[last])) : null;

    /// <summary>The clicks of all networks; the broadcast counter is their sum where both are kept.</summary>
    private static Engagement? Social(HubSpotObject contact)
    {
        var all = Sum(contact, "hs_social_num_broadcast_clicks");
        var each = Sum(contact, "hs_social_linkedin_clicks", "hs_social_twitter_clicks", "hs_social_facebook_clicks");
        var total = all is null || each > all ? each : all;
        return total is { } known ? Total(known, HubSpotStreams.Instant(contact["hs_social_last_engagement"])) : null;
    }

    /// <summary>Null where the account has none of the counters, or one is no count.</summary>
    private static decimal? Sum(HubSpotObject contact, params ReadOnlySpan<string> counters)
    {
        decimal? total = null;
        foreach (var counter in counters)
        {
            if (contact.Properties?.TryGetValue(counter, out var text) != true)
                continue;
            var count = string.IsNullOrEmpty(text) ? 0 : HubSpotValues.Number(text);
            if (count is null)
                return null;
            total = (total ?? 0) + count;
        }
        return total is >= 0 and <= long.MaxValue ? total : null;
    }

    private static Engagement? Total(decimal total, DateTimeOffset? last) => total switch
    {
        < 0 or > long.MaxValue => null,
        0 => last is null ? None : null, // an instant without a count contradicts itself
        _ => new() { Total = (long)total, LastAt = last },
    };
}
