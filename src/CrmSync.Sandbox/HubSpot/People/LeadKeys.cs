using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.People;

/// <summary>Which record a scenario's key stands for.</summary>
internal sealed class LeadKeys
{
    private readonly KeyBook<long> book = new();

    public bool IsKnown(string key) => book.IsKnown(key);

    public string? KeyOf(long contactId) => book.KeyOf(contactId);

    public void Add(string key, HubSpotRecord contact) => book.Add(key, contact.Id);

    public void AddCompany(string key, HubSpotRecord company) => book.AddCompany(key, company.Id);

    public HubSpotRecord? Company(Portal portal, string key) =>
        book.TryFindCompany(key, out var id) ? portal.Table(ObjectType.Company).Resolve(id) : null;

    /// <summary>The record of a key; one that was merged away leads to the survivor.</summary>
    public HubSpotRecord Contact(Portal portal, string key)
    {
        if (!book.TryFind(key, out var id))
        {
            throw new SandboxRequestException($"No lead has the key '{key}' in HubSpot account {portal.Id}.");
        }

        return portal.Table(ObjectType.Contact).Resolve(id)
            ?? throw new SandboxRequestException($"The lead '{key}' was deleted from HubSpot account {portal.Id}.");
    }
}
