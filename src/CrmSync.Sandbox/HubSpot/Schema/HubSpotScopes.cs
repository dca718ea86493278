namespace CrmSync.Sandbox.HubSpot.Schema;

/// <summary>The rights that a token may carry.</summary>
internal static class HubSpotScopes
{
    private static readonly string[] All =
    [
        "oauth",
        "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.companies.read", "crm.objects.companies.write",
        "crm.objects.deals.read", "crm.objects.deals.write", "crm.objects.owners.read",
        "crm.schemas.contacts.read", "crm.schemas.contacts.write", "crm.schemas.companies.read", "crm.schemas.companies.write",
        "crm.schemas.deals.read", "crm.schemas.deals.write", "crm.lists.read", "crm.lists.write",
    ];

    public static IReadOnlyList<string> Of(HubSpotSwitches switches) => switches.Scopes ?? All;
}
