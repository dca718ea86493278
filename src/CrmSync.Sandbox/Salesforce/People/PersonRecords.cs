using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.People;

/// <summary>Which record a person is: the lead, the survivor of a merge, or the contact that the lead became.</summary>
internal static class PersonRecords
{
    /// <summary>The lead of a key, or the one that it was merged into; it may be deleted.</summary>
    public static OrgRow Lead(Org org, string key)
    {
        if (!org.Keys.TryFind(key, out var id))
        {
            throw new SandboxRequestException($"No lead has the key '{key}' in Salesforce org {org.Id}.");
        }

        return Survivor(org, id) ?? throw new SandboxRequestException($"The lead '{key}' was deleted from Salesforce org {org.Id}.");
    }

    /// <summary>The record that people work on now; null when it is gone.</summary>
    public static OrgRow? Current(Org org, string leadId) =>
        Survivor(org, leadId) is { IsDeleted: false } lead ? Contact(org, lead) ?? lead : null;

    /// <summary>The contact of a converted lead.</summary>
    public static OrgRow? Contact(Org org, OrgRow lead) =>
        lead.Text("ConvertedContactId") is { } id && org.Table("Contact").Find(id) is { IsDeleted: false } contact ? contact : null;

    private static OrgRow? Survivor(Org org, string id)
    {
        var lead = org.Table("Lead").Find(id);
        while (lead?.Text("MasterRecordId") is { } master)
        {
            lead = org.Table("Lead").Find(master);
        }

        return lead;
    }
}
