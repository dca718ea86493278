using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Which property a fact comes from, and so which properties are asked for. HubSpot drops names it does not know and
/// answers null for known empty ones: asking for a property that an account may lack is safe, and tells.
/// </summary>
internal sealed class HubSpotPropertyNames(CrmMapping mapping, HubSpotOptions options)
{
    public const string Stage = "lifecyclestage";
    public const string MeetingBooked = "engagements_last_meeting_booked";
    public const string Contacted = "notes_last_contacted";
    public const string Owner = "hubspot_owner_id";
    public const string Merged = "hs_merged_object_ids";
    public const string MergedAndWhen = "hs_calculated_merged_vids";
    public const string FormName = "recent_conversion_event_name";
    public const string FormDate = "recent_conversion_date";
    public const string Webinar = WellKnownFacts.EngagementPrefix + EngagementKinds.WebinarAttended;
    private const string OfCompany = "company:";
    private const string OfContact = "contact:";

    /// <summary>Company numbers come from the company: the contact's look-alikes are free text and ranges.</summary>
    private static readonly Dictionary<string, string[]> Defaults = new()
    {
        [WellKnownFacts.PersonEmail] = ["email"],
        [WellKnownFacts.PersonPhone] = ["phone", "mobilephone"],
        [WellKnownFacts.PersonRole] = ["jobtitle"],
        [WellKnownFacts.PersonBuyingRole] = ["hs_buying_role"],
        [WellKnownFacts.PersonCountry] = ["country"],
        [WellKnownFacts.CompanyName] = ["company:name"],
        [WellKnownFacts.CompanyDomain] = ["company:domain"],
        [WellKnownFacts.CompanyIndustry] = ["company:industry"],
        [WellKnownFacts.CompanyEmployees] = ["company:numberofemployees"],
        [WellKnownFacts.CompanyCountry] = ["company:country"],
        [WellKnownFacts.ConsentOptedOut] = ["hs_email_optout"],
        [WellKnownFacts.BantBudget] = ["bant_budget", "crmsync_bant_budget"],
        [WellKnownFacts.BantAuthority] = ["bant_authority", "crmsync_bant_authority"],
        [WellKnownFacts.BantNeed] = ["bant_need", "crmsync_bant_need"],
        [WellKnownFacts.BantTimeline] = ["bant_timeline", "crmsync_bant_timeline"],
        [Webinar] = ["webinar_last_attended"],
    };

    private static readonly string[] OfLeads =
    [
        "firstname", "lastname", "num_associated_deals", "num_conversion_events", FormDate, FormName, "first_conversion_date",
        "first_conversion_event_name", "hs_analytics_num_page_views", "hs_analytics_last_timestamp", "hs_email_click", "hs_email_last_click_date",
        "hs_email_open", "hs_email_last_open_date", "hs_social_num_broadcast_clicks", "hs_social_linkedin_clicks", "hs_social_twitter_clicks",
        "hs_social_facebook_clicks", "hs_social_last_engagement", MeetingBooked, Contacted,
    ];

    /// <summary>What a write is guarded by, and who the record is: read twice for every write, so no more than that.</summary>
    public static IReadOnlyList<string> Guard { get; } =
    [
        Stage, HandoverFields.Marker, HandoverFields.Decision, HandoverFields.DecisionText, HandoverFields.Request, Owner, "hs_object_id",
        Merged, MergedAndWhen,
    ];

    private static readonly string[] OfRecords = [.. HandoverFields.All.Select(f => f.Name), "createdate", "lastmodifieddate"];

    public static IReadOnlyList<string> WithHistory { get; } = [Stage, HandoverFields.Decision, HandoverFields.Marker, Merged, FormName, FormDate];

    public static IReadOnlyList<string> GuardWithHistory { get; } = [Stage, HandoverFields.Decision, HandoverFields.DecisionText, HandoverFields.Request, HandoverFields.Marker, Merged];

    public static IReadOnlyList<string> OfDeals { get; } = ["hs_is_closed", "hs_is_closed_won"];

    public IReadOnlyList<string> Contact(FactCatalogue catalogue, StageMap stages) =>
    [
        .. Guard
            .Concat(OfRecords)
            .Concat(OfLeads)
            .Append(options.WebinarTitleProperty)
            .Concat(catalogue.Definitions.SelectMany(d => Sources(d.Name)).Where(s => !s.OnCompany).Select(s => s.Property))
            .Concat(Enum.GetValues<LifecycleStage>().Select(stages.ValueOf).OfType<string>().SelectMany(DatesOf))
            .Distinct(),
    ];

    public IReadOnlyList<string> Company(FactCatalogue catalogue) =>
        [.. catalogue.Definitions.SelectMany(d => Sources(d.Name)).Where(s => s.OnCompany).Select(s => s.Property).Append(Owner).Distinct()];

    /// <summary>Where a fact comes from, best first. A mapping replaces the defaults.</summary>
    public IEnumerable<(string Property, bool OnCompany)> Sources(string fact)
    {
        var names = mapping.Facts.TryGetValue(fact, out var mapped) ? [mapped] : Defaults.GetValueOrDefault(fact, []);
        foreach (var name in names)
        {
            if (name.StartsWith(OfCompany, StringComparison.OrdinalIgnoreCase))
                yield return (name[OfCompany.Length..], true);
            else if (name.StartsWith(OfContact, StringComparison.OrdinalIgnoreCase))
                yield return (name[OfContact.Length..], false);
            else
                yield return (name, fact.StartsWith("company.", StringComparison.Ordinal));
        }
    }

    /// <summary>When a stage was entered: two families, of which the second knows the default stages only.</summary>
    public static IEnumerable<string> DatesOf(string stage) => [$"hs_v2_date_entered_{stage}", $"hs_lifecyclestage_{stage}_date"];
}
