using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.People;

/// <summary>Which record a scenario's key stands for.</summary>
internal sealed class LeadKeys
{
    private readonly Dictionary<string, long> contacts = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> keys = [];
    private readonly Dictionary<string, long> companies = new(StringComparer.Ordinal);

    public bool IsKnown(string key) => contacts.ContainsKey(key);

    public string? KeyOf(long contactId) => keys.GetValueOrDefault(contactId);

    public void Add(string key, HubSpotRecord contact)
    {
        contacts[key] = contact.Id;
        keys[contact.Id] = key;
    }

    public void AddCompany(string key, HubSpotRecord company) => companies[key] = company.Id;

    public HubSpotRecord? Company(Portal portal, string key) =>
        companies.TryGetValue(key, out var id) ? portal.Table(ObjectType.Company).Resolve(id) : null;

    /// <summary>The record of a key; one that was merged away leads to the survivor.</summary>
    public HubSpotRecord Contact(Portal portal, string key)
    {
        if (!contacts.TryGetValue(key, out var id))
        {
            throw new SandboxRequestException($"No lead has the key '{key}' in HubSpot account {portal.Id}.");
        }

        return portal.Table(ObjectType.Contact).Resolve(id)
            ?? throw new SandboxRequestException($"The lead '{key}' was deleted from HubSpot account {portal.Id}.");
    }
}
