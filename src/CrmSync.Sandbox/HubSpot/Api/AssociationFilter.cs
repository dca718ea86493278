using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>The filter on <c>associations.contact</c> and its like, which are no properties.</summary>
internal sealed class AssociationFilter(ObjectType to, long id) : ISearchFilter
{
    private const string Prefix = "associations.";

    public static AssociationFilter? TryParse(JsonObject filter)
    {
        var property = HubSpotJson.Text(filter["propertyName"]) ?? "";
        if (!property.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var isEqual = HubSpotJson.Text(filter["operator"]) == "EQ";
        return isEqual && ObjectType.Find(property[Prefix.Length..]) is { } to && long.TryParse(HubSpotJson.Text(filter["value"]), out var id)
            ? new AssociationFilter(to, id)
            : throw HubSpotRefusal.Validation($"{property} takes EQ and the id of a record");
    }

    public long? ModifiedSince(ObjectType type) => null;

    public bool Matches(HubSpotRecord record, RecordState state) => record.Links?.Exists(link => link.To == to && link.ToId == id) == true;
}
