using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>Associations of one record.</summary>
internal static class AssociationEndpoints
{
    public static ApiReply List(ApiCall call)
    {
        var from = AssociationJson.Record(call, call.Type(), call["id"]);
        var limit = call.Limit(500, 500);
        var after = long.TryParse(call.Request.Parameter("after"), out var parsed) ? parsed : 0;
        var ends = Associations.To(call.Portal, from, call.Type("to")).Where(end => end.Record.Id > after).OrderBy(end => end.Record.Id).ToList();
        var body = new JsonObject { ["results"] = new JsonArray([.. ends.Take(limit).Select(end => (JsonNode)AssociationJson.End(call.Portal, from, end))]) };
        ObjectEndpoints.AddPaging(body, call, ends.Count > limit ? ends[limit - 1].Record.IdText : null);
        return ApiReply.Ok(body);
    }

    public static ApiReply PutDefault(ApiCall call)
    {
        var (from, to) = (AssociationJson.Record(call, call.Type(), call["id"]), AssociationJson.Record(call, call.Type("to"), call["toId"]));
        Associations.Add(call.Portal, from, to, [AssociationJson.DefaultType(from.Type, to.Type)], call.Write);
        return ApiReply.Ok(AssociationJson.Complete(call, [.. AssociationJson.DefaultResults(from, to)]));
    }

    public static ApiReply PutLabels(ApiCall call)
    {
        var (from, to) = (AssociationJson.Record(call, call.Type(), call["id"]), AssociationJson.Record(call, call.Type("to"), call["toId"]));
        var labels = HubSpotJson.Read(call.Request.Body) as JsonArray ?? throw HubSpotRefusal.Validation("Invalid input JSON: an array of types was expected");
        var types = labels.Select(label => InlineAssociations.TypeId(label?["associationTypeId"])).ToList();
        AssociationJson.RefuseWrongDirection(from.Type, to.Type, types);
        Associations.Replace(call.Portal, from, to, types, call.Write);
        return ApiReply.Created(new JsonObject
        {
            ["fromObjectTypeId"] = from.Type.TypeId,
            ["fromObjectId"] = AssociationJson.Number(call.Portal, from),
            ["toObjectTypeId"] = to.Type.TypeId,
            ["toObjectId"] = AssociationJson.Number(call.Portal, to),
            ["labels"] = new JsonArray(),
        });
    }

    public static ApiReply Delete(ApiCall call)
    {
        Associations.Remove(call.Portal, AssociationJson.Record(call, call.Type(), call["id"]), AssociationJson.Record(call, call.Type("to"), call["toId"]), call.Write);
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
}
