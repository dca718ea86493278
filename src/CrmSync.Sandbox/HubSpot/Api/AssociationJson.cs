using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>What calls on one association and on many have in common.</summary>
internal static class AssociationJson
{
    public static HubSpotRecord Record(ApiCall call, ObjectType type, string id) =>
        long.TryParse(id, out var number) && call.Portal.Table(type).Resolve(number) is { State.IsArchived: false } found ? found : throw HubSpotRefusal.NotFound();

    public static int DefaultType(ObjectType from, ObjectType to) =>
        AssociationTypes.Default(from, to) ?? throw HubSpotRefusal.Validation($"{from.Plural} and {to.Plural} cannot be associated");

    public static void RefuseWrongDirection(ObjectType from, ObjectType to, IEnumerable<int> types)
    {
        foreach (var type in types)
        {
            if (!AssociationTypes.Between(from, to).Any(known => known.Id == type))
            {
                throw HubSpotRefusal.Validation($"Association type {type} does not go from {from.Singular} to {to.Singular}");
            }
        }
    }

    public static JsonObject End(Portal portal, HubSpotRecord from, (HubSpotRecord Record, Link Link) end) => new()
    {
        ["toObjectId"] = Number(portal, end.Record),
        ["associationTypes"] = new JsonArray([.. end.Link.Types.OrderDescending().Select(id => (JsonNode)new JsonObject
        {
            ["category"] = "HUBSPOT_DEFINED",
            ["typeId"] = id,
            ["label"] = AssociationTypes.Between(from.Type, end.Record.Type).FirstOrDefault(type => type.Id == id).Label,
        })]),
    };

    /// <summary>Documents disagree on whether these ids are numbers or texts.</summary>
    public static JsonNode Number(Portal portal, HubSpotRecord record) =>
        portal.Switches.AssociationIdsAsStrings ? record.Id.ToString(CultureInfo.InvariantCulture) : record.Id;

    public static JsonObject Complete(ApiCall call, JsonArray results) => new()
    {
        ["status"] = "COMPLETE",
        ["results"] = results,
        ["startedAt"] = Instants.Format(call.Request.Now),
        ["completedAt"] = Instants.Format(call.Request.Now),
    };

    /// <summary>Both directions, each with its own type.</summary>
    public static IEnumerable<JsonNode> DefaultResults(HubSpotRecord from, HubSpotRecord to)
    {
        foreach (var (start, end) in new[] { (from, to), (to, from) })
        {
            yield return new JsonObject
            {
                ["from"] = new JsonObject { ["id"] = start.IdText },
                ["to"] = new JsonObject { ["id"] = end.IdText },
                ["associationSpec"] = new JsonObject
                {
                    ["associationCategory"] = "HUBSPOT_DEFINED",
                    ["associationTypeId"] = AssociationTypes.Default(start.Type, end.Type),
                },
            };
        }
    }
}
