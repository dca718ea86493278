using System.Globalization;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.People;

/// <summary>What a visit, a form or a click does to a contact.</summary>
internal static class Engagements
{
    /// <summary>Writes one engagement into the record, under the instant at which it happened.</summary>
    public static void Apply(Portal portal, HubSpotRecord contact, EngagementSpec engagement, WriteContext context)
    {
        var at = Instants.Format(context.Shown);
        var count = engagement.Count ?? 1;
        var form = EngagementWords.FormOf(engagement);
        var changes = engagement.Kind switch
        {
            "handRaise" => Form(contact, form!, at),
            "contentDownload" => Form(contact, form!, at),
            "adForm" => With(
                Form(contact, form!, at), ("hs_latest_source", "PAID_SOCIAL"), ("hs_linkedin_ad_clicked", "true")),
            "webinarAttended" => With([], ("webinar_last_attended", at), ("webinar_last_title", engagement.Title ?? EngagementWords.Webinar)),
            "pageView" => With([], Add(contact, "hs_analytics_num_page_views", count), Add(contact, "hs_analytics_num_visits", 1),
                ("hs_analytics_last_visit_timestamp", at), ("hs_analytics_last_timestamp", at)),
            "emailClick" => With([], Add(contact, "hs_email_click", count), ("hs_email_last_click_date", at)),
            "emailOpen" => With([], Add(contact, "hs_email_open", count), ("hs_email_last_open_date", at)),
            "socialClick" => With([], Add(contact, "hs_social_linkedin_clicks", count), ("hs_social_last_engagement", at)),
            _ => With([], ("engagements_last_meeting_booked", at), ("hs_last_sales_activity_timestamp", at), ("hs_last_sales_activity_type", "MEETING_BOOKED")),
        };
        RecordWriter.Update(portal, contact, changes, context with { Actor = form is not null ? ChangeSource.Visitor : ChangeSource.Tracking });
    }

    private static Dictionary<string, string> Form(HubSpotRecord contact, string title, string at)
    {
        var isNewForm = contact.Versions("recent_conversion_event_name").All(version => version.Value != title);
        var changes = With([], Add(contact, "num_conversion_events", 1), ("recent_conversion_date", at), ("recent_conversion_event_name", title));
        if (isNewForm)
        {
            With(changes, Add(contact, "num_unique_conversion_events", 1));
        }

        return contact.State.Values.Get("first_conversion_date") is null
            ? With(changes, ("first_conversion_date", at), ("first_conversion_event_name", title))
            : changes;
    }

    private static (string, string) Add(HubSpotRecord contact, string property, int count)
    {
        var before = int.TryParse(contact.State.Values.Get(property), CultureInfo.InvariantCulture, out var number) ? number : 0;
        return (property, (before + count).ToString(CultureInfo.InvariantCulture));
    }

    private static Dictionary<string, string> With(Dictionary<string, string> changes, params ReadOnlySpan<(string Name, string Value)> more)
    {
        foreach (var (name, value) in more)
        {
            changes[name] = value;
        }

        return changes;
    }
}
