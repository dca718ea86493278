using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>Associations of one record.</summary>
internal static class AssociationEndpoints
{
    public static ApiReply List(ApiCall call)
    {
        var from = Record(call, call.Type(), call["id"]);
        var limit = call.Limit(500, 500);
        var after = long.TryParse(call.Request.Parameter("after"), out var parsed) ? parsed : 0;
        var ends = Associations.To(call.Portal, from, call.Type("to")).Where(end => end.Record.Id > after).OrderBy(end => end.Record.Id).ToList();
        var body = new JsonObject { ["results"] = new JsonArray([.. ends.Take(limit).Select(end => (JsonNode)End(call.Portal, from, end))]) };
        ObjectEndpoints.AddPaging(body, call, ends.Count > limit ? ends[limit - 1].Record.IdText : null);
        return ApiReply.Ok(body);
    }

    public static ApiReply PutDefault(ApiCall call)
    {
        var (from, to) = (Record(call, call.Type(), call["id"]), Record(call, call.Type("to"), call["toId"]));
        Associations.Add(call.Portal, from, to, [DefaultType(from.Type, to.Type)], call.Write);
        return ApiReply.Ok(AssociationBatch.Complete(call, [.. AssociationBatch.DefaultResults(from, to)]));
    }

    public static ApiReply PutLabels(ApiCall call)
    {
        var (from, to) = (Record(call, call.Type(), call["id"]), Record(call, call.Type("to"), call["toId"]));
        var labels = JsonNode.Parse(call.Request.Body.Span) as JsonArray ?? throw HubSpotRefusal.Validation("Invalid input JSON: an array of types was expected");
        var types = labels.Select(label => InlineAssociations.TypeId(label?["associationTypeId"])).ToList();
        RefuseWrongDirection(from.Type, to.Type, types);
        Associations.Replace(call.Portal, from, to, types, call.Write);
        return ApiReply.Created(new JsonObject
        {
            ["fromObjectTypeId"] = from.Type.TypeId,
            ["fromObjectId"] = Number(call.Portal, from),
            ["toObjectTypeId"] = to.Type.TypeId,
            ["toObjectId"] = Number(call.Portal, to),
            ["labels"] = new JsonArray(),
        });
    }

    public static ApiReply Delete(ApiCall call)
    {
        Associations.Remove(call.Portal, Record(call, call.Type(), call["id"]), Record(call, call.Type("to"), call["toId"]), call.Write);
        return ApiReply.NoContent;
    }

    public static ApiReply Labels(ApiCall call) => ApiReply.Ok(new JsonObject
    {
        ["results"] = new JsonArray([.. AssociationTypes.Between(call.Type("from"), call.Type("to")).Select(type => (JsonNode)new JsonObject
        {
            ["category"] = "HUBSPOT_DEFINED",
            ["typeId"] = type.Id,
            ["label"] = type.Label,
        })]),
    });

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
    private static JsonNode Number(Portal portal, HubSpotRecord record) =>
        portal.Switches.AssociationIdsAsStrings ? record.Id.ToString(CultureInfo.InvariantCulture) : record.Id;
}
