using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>What v2 has.</summary>
internal static class NewRoutes
{
    private const string ReadDeals = "deals:read deals:full";
    private const string WriteDeals = "deals:full";
    private const string ReadContacts = "contacts:read contacts:full";
    private const string WriteContacts = "contacts:full";
    private const string ReadActivities = "activities:read activities:full";
    private const string WriteActivities = "activities:full";
    private const string ReadStages = "deals:read deals:full admin";

    public static readonly IReadOnlyList<PipedriveRoute> All =
    [
        Of("GET deals", 10, ReadDeals, DealEndpoints.List),
        Of("GET deals/archived", 20, ReadDeals, DealEndpoints.Archived),
        Of("GET deals/search", 20, ReadDeals + " search:read", SearchEndpoints.Of(EntityKind.Deal)),
        Of("PATCH deals/*", 5, WriteDeals, DealEndpoints.Update),
        .. Crud("deals", EntityKind.Deal, "title", ReadDeals, WriteDeals),
        Of("GET persons/search", 20, ReadContacts + " search:read", SearchEndpoints.Of(EntityKind.Person)),
        .. Crud("persons", EntityKind.Person, "name", ReadContacts, WriteContacts),
        Of("GET organizations/search", 20, ReadContacts + " search:read", SearchEndpoints.Of(EntityKind.Organization)),
        .. Crud("organizations", EntityKind.Organization, "name", ReadContacts, WriteContacts),
        .. Crud("activities", EntityKind.Activity, null, ReadActivities, WriteActivities),

        Of("GET pipelines", 5, ReadStages, ItemEndpoints.List(EntityKind.Pipeline)),
        Of("GET pipelines/*", 1, ReadStages, ItemEndpoints.Get(EntityKind.Pipeline)),
        Of("GET stages", 5, ReadStages, ItemEndpoints.List(EntityKind.Stage)),
        Of("GET stages/*", 1, ReadStages, ItemEndpoints.Get(EntityKind.Stage)),

        .. Fields("dealFields", EntityKind.Deal, "deals:read deals:full deal-fields:full admin", "deal-fields:full admin"),
        .. Fields("personFields", EntityKind.Person, "contacts:read contacts:full contact-fields:full admin", "contact-fields:full admin"),
        .. Fields("organizationFields", EntityKind.Organization, "contacts:read contacts:full contact-fields:full admin", "contact-fields:full admin"),
        Of("GET activityFields", 10, ReadActivities, FieldEndpoints.List(EntityKind.Activity)),
        Of("GET activityFields/*", 1, ReadActivities, FieldEndpoints.Get(EntityKind.Activity)),

        Of("GET leads/search", 20, "leads:read leads:full search:read", SearchEndpoints.Of(EntityKind.Lead)),
        Of("POST leads/*/convert/deal", 40, "leads:full", ConversionEndpoints.LeadToDeal),
        Of("GET leads/*/convert/status/*", 1, "leads:full", call => ConversionEndpoints.Status(call, EntityKind.Lead)),
        Of("POST deals/*/convert/lead", 40, WriteDeals, ConversionEndpoints.DealToLead),
        Of("GET deals/*/convert/status/*", 1, WriteDeals, call => ConversionEndpoints.Status(call, EntityKind.Deal)),
    ];

    private static PipedriveRoute[] Crud(string path, EntityKind kind, string? needed, string read, string write) =>
    [
        Of($"GET {path}", 10, read, ItemEndpoints.List(kind)),
        Of($"POST {path}", 5, write, ItemEndpoints.Create(kind, needed)),
        Of($"GET {path}/*", 1, read, ItemEndpoints.Get(kind)),
        Of($"PATCH {path}/*", 5, write, ItemEndpoints.Update(kind)),
        Of($"DELETE {path}/*", 3, write, ItemEndpoints.Delete(kind)),
    ];

    /// <summary>Options of a field may be added by those who may write the records.</summary>
    private static PipedriveRoute[] Fields(string path, EntityKind kind, string read, string write) =>
    [
        Of($"GET {path}", 10, read, FieldEndpoints.List(kind)),
        Of($"POST {path}", 5, write, FieldEndpoints.Create(kind)),
        Of($"GET {path}/*", 1, read, FieldEndpoints.Get(kind)),
        Of($"PATCH {path}/*", 5, write, FieldEndpoints.Update(kind)),
        Of($"DELETE {path}/*", 3, write, FieldEndpoints.Delete(kind)),
        Of($"POST {path}/*/options", 5, write + (kind == EntityKind.Deal ? " deals:full" : " contacts:full"), OptionEndpoints.Add(kind)),
        Of($"PATCH {path}/*/options", 5, write, OptionEndpoints.Rename(kind)),
        Of($"DELETE {path}/*/options", 3, write, OptionEndpoints.Remove(kind)),
    ];

    private static PipedriveRoute Of(string text, int cost, string scopes, Func<PipedriveCall, PipedriveReply> answer) => PipedriveRoute.Of("v2", text, cost, scopes, answer);
}
