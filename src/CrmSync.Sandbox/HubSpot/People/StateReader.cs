using System.Globalization;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.People;

/// <summary>All people of an account as they truly are.</summary>
internal static class StateReader
{
    public static IReadOnlyList<LeadState> Read(Portal portal, LeadKeys keys) =>
        [.. portal.Table(ObjectType.Contact).All.Select(contact => Read(portal, keys, contact))];

    private static LeadState Read(Portal portal, LeadKeys keys, HubSpotRecord contact) => new()
    {
        Key = keys.KeyOf(contact.Id),
        AccountId = portal.Id.ToString(CultureInfo.InvariantCulture),
        Id = contact.IdText,
        ObjectName = contact.Type.Plural,
        Stage = contact.State.Values.Get(LifecycleStages.Property),
        Fields = Fields(contact),
        Tasks = Activities(portal, contact, ObjectType.Task),
        Notes = Activities(portal, contact, ObjectType.Note),
        Archived = contact.State.IsArchived,
        MergedInto = contact.MergedInto?.ToString(CultureInfo.InvariantCulture),
    };

    private static List<ActivityState> Activities(Portal portal, HubSpotRecord contact, ObjectType type) =>
        [.. Associations.To(portal, contact, type).Select(end => new ActivityState(end.Record.IdText, Fields(end.Record)))];

    private static Dictionary<string, string> Fields(HubSpotRecord record)
    {
        var fields = record.State.Values.Pairs.ToDictionary(StringComparer.Ordinal);
        fields[record.Type.CreatedProperty] = Instants.Format(record.CreatedAt);
        fields[record.Type.ModifiedProperty] = Instants.Format(record.State.UpdatedAt);
        return fields;
    }
}
