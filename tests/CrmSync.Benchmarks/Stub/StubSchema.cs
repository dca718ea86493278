using System.Text.Json.Nodes;
using CrmSync.Leads.Fields;

namespace CrmSync.Benchmarks.Stub;

/// <summary>The property definitions that a ready account has.</summary>
internal static class StubSchema
{
    private static readonly string[] Stages =
        ["subscriber", "lead", "marketingqualifiedlead", "51439524", "salesqualifiedlead", "opportunity", "customer", "evangelist", "other"];

    private static readonly string[] Known =
    [
        "createdate", "lastmodifieddate", "hs_object_id", "email", "firstname", "lastname", "jobtitle", "phone", "mobilephone", "country", "hs_email_optout",
        "num_associated_deals", "num_conversion_events", "first_conversion_date", "first_conversion_event_name", "recent_conversion_date",
        "recent_conversion_event_name", "hs_analytics_num_page_views", "hs_analytics_last_timestamp", "hs_email_click", "hs_email_last_click_date",
        "hs_email_open", "hs_email_last_open_date", "hs_buying_role", "hubspot_owner_id", "engagements_last_meeting_booked",
        "hs_social_num_broadcast_clicks", "hs_social_last_engagement", "hs_merged_object_ids", "hs_calculated_merged_vids",
        "name", "domain", "industry", "numberofemployees", "hs_lastmodifieddate",
    ];

    private static readonly HashSet<string> Names = [.. Known, "lifecyclestage", .. HandoverFields.All.Select(f => f.Name)];

    /// <summary>A property the account has comes back empty; one it has not is left out.</summary>
    public static bool Has(string property) => Names.Contains(property);

    public static JsonObject Stage() => Property("lifecyclestage", "enumeration", Stages.Select((value, i) => (value, value == "51439524" ? "Sales Accepted Lead" : value, i)));

    /// <summary>What keeps a task single.</summary>
    public static JsonObject Key()
    {
        var key = Property("crmsync_key", "string", []);
        key["hasUniqueValue"] = true;
        return key;
    }

    public static JsonObject All() => new()
    {
        ["results"] = new JsonArray(
        [
            Stage(),
            .. Known.Select(name => Property(name, "string", [])),
            .. HandoverFields.All.Select(f => Property(
                f.Name, f.Type == HandoverFieldType.List ? "enumeration" : "string", f.Options.Select((o, i) => (o.Value, o.English, i)))),
        ]),
    };

    private static JsonObject Property(string name, string type, IEnumerable<(string Value, string Label, int Order)> options) => new()
    {
        ["name"] = name,
        ["label"] = name,
        ["type"] = type,
        ["fieldType"] = type == "enumeration" ? "select" : "text",
        ["groupName"] = "contactinformation",
        ["options"] = new JsonArray([.. options.Select(o => new JsonObject { ["value"] = o.Value, ["label"] = o.Label, ["displayOrder"] = o.Order, ["hidden"] = false })]),
    };
}
