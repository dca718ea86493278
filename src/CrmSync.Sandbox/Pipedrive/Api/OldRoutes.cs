using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>What v1 still has, with its higher prices.</summary>
internal static class OldRoutes
{
    private const string ReadLeads = "leads:read leads:full";
    private const string WriteLeads = "leads:full";
    private const string ReadNotes = "deals:read deals:full contacts:read contacts:full leads:read leads:full";
    private const string WriteNotes = "deals:full contacts:full leads:full";
    private const string Admin = "admin";
    private const string History = "recents:read";

    public static readonly IReadOnlyList<PipedriveRoute> All =
    [
        Of("GET users/me", 2, "", UserEndpoints.Me),
        Of("GET users", 20, "users:read", UserEndpoints.List),
        Of("GET users/*", 2, "users:read", UserEndpoints.Get),

        Of("GET leads", 20, ReadLeads, LeadEndpoints.List),
        Of("POST leads", 10, WriteLeads, LeadEndpoints.Create),
        Of("GET leads/archived", 40, ReadLeads, LeadEndpoints.Archived),
        Of("GET leads/*", 2, ReadLeads, LeadEndpoints.Get),
        Of("PATCH leads/*", 10, WriteLeads, LeadEndpoints.Update),
        Of("DELETE leads/*", 6, WriteLeads, LeadEndpoints.Delete),
        Of("GET leadLabels", 10, ReadLeads, SettingEndpoints.Labels),
        Of("POST leadLabels", 10, WriteLeads, SettingEndpoints.AddLabel),
        Of("PATCH leadLabels/*", 10, WriteLeads, SettingEndpoints.ChangeLabel),
        Of("DELETE leadLabels/*", 6, WriteLeads, SettingEndpoints.RemoveLabel),
        Of("GET leadSources", 2, ReadLeads, SettingEndpoints.LeadSources),
        Of("GET leadFields", 20, ReadLeads, SettingEndpoints.LeadFields),
        Of("GET activityTypes", 20, "activities:read activities:full admin", SettingEndpoints.Types),

        Of("GET notes", 20, ReadNotes, NoteEndpoints.List),
        Of("POST notes", 10, WriteNotes, NoteEndpoints.Create),
        Of("GET notes/*", 2, ReadNotes, NoteEndpoints.Get),
        Of("PUT notes/*", 10, WriteNotes, NoteEndpoints.Update),
        Of("DELETE notes/*", 6, WriteNotes, NoteEndpoints.Delete),

        Of("GET webhooks", 10, Admin, WebhookEndpoints.List),
        Of("POST webhooks", 10, Admin, WebhookEndpoints.Create),
        Of("DELETE webhooks/*", 6, Admin, WebhookEndpoints.Delete),

        Of("GET filters", 20, ReadNotes, FilterEndpoints.List),
        Of("POST filters", 10, WriteNotes, FilterEndpoints.Create),
        Of("GET filters/*", 2, ReadNotes, FilterEndpoints.Get),
        Of("PUT filters/*", 10, WriteNotes, FilterEndpoints.Update),
        Of("DELETE filters/*", 6, WriteNotes, FilterEndpoints.Delete),

        Of("GET deals/*/changelog", 20, History, ChangelogEndpoints.Of(EntityKind.Deal)),
        Of("GET persons/*/changelog", 20, History, ChangelogEndpoints.Of(EntityKind.Person)),
        Of("PUT deals/*/merge", 40, "deals:full", call => DealEndpoints.Merge(call, EntityKind.Deal)),
        Of("PUT persons/*/merge", 40, "contacts:full", call => DealEndpoints.Merge(call, EntityKind.Person)),
    ];

    private static PipedriveRoute Of(string text, int cost, string scopes, Func<PipedriveCall, PipedriveReply> answer) => PipedriveRoute.Of("v1", text, cost, scopes, answer);
}
