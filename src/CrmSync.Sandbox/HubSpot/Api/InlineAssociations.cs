using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>The associations that a create brings along: checked before anything is made, tied after.</summary>
internal static class InlineAssociations
{
    public static List<(HubSpotRecord To, List<int> Types)> Read(ApiCall call, ObjectType from, JsonNode? node)
    {
        var ends = new List<(HubSpotRecord, List<int>)>();
        foreach (var item in node as JsonArray ?? [])
        {
            var types = (item?["types"] as JsonArray ?? []).Select(type => TypeId(type?["associationTypeId"])).ToList();
            var to = ObjectType.All.FirstOrDefault(candidate => types.Count > 0 && AssociationTypes.Between(from, candidate).Any(known => known.Id == types[0]))
                ?? throw HubSpotRefusal.Validation($"Association type {(types.Count > 0 ? types[0] : 0)} does not go from {from.Singular}");
            var id = HubSpotJson.Text(item?["to"]?["id"]) ?? "";
            ends.Add((RecordOf(call, to, id), types));
        }

        return ends;
    }

    public static void Tie(ApiCall call, HubSpotRecord record, List<(HubSpotRecord To, List<int> Types)> ends)
    {
        foreach (var (to, types) in ends)
        {
            Associations.Add(call.Portal, record, to, types, call.Write);
        }
    }

    public static int TypeId(JsonNode? node) =>
        int.TryParse(HubSpotJson.Text(node), out var id) ? id : throw HubSpotRefusal.Validation("associationTypeId must be a number");

    private static HubSpotRecord RecordOf(ApiCall call, ObjectType type, string id) =>
        long.TryParse(id, out var number) && call.Portal.Table(type).Resolve(number) is { State.IsArchived: false } found
            ? found
            : throw HubSpotRefusal.Validation($"{type.Singular} with id {id} does not exist to associate with");
}
