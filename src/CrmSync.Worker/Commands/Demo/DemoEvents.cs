namespace CrmSync.Worker.Commands.Demo;

/// <summary>The webhooks an admin would subscribe to: what people and leads do, not what CrmSync itself writes.</summary>
internal static class DemoEvents
{
    private static readonly string[] HubSpot =
    [
        "contact.creation", "contact.deletion", "contact.merge",
        .. new[] { "lifecyclestage", "crmsync_decision", "crmsync_request", "email", "phone", "jobtitle", "hs_buying_role", "hs_email_optout",
            "hs_analytics_num_page_views", "hs_email_click", "hs_social_linkedin_clicks", "num_conversion_events", "webinar_last_attended",
            "engagements_last_meeting_booked", "bant_need", "bant_budget", "bant_timeline", "bant_authority" }.Select(p => $"contact.propertyChange:{p}"),
        "company.propertyChange:industry", "company.propertyChange:numberofemployees", "company.propertyChange:country",
        "deal.creation", "deal.propertyChange:dealstage",
    ];

    /// <summary>None for a CRM that sends no webhooks.</summary>
    public static IReadOnlyList<string> Of(string crm) => crm == "hubspot" ? HubSpot : [];
}
