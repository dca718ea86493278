using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>The list views of an object.</summary>
internal static class ListViewEndpoints
{
    public static RestReply List(RestCall call, string type)
    {
        var schema = call.Table(type).Schema;
        var views = call.Org.Table("ListView").All.Where(view => !view.IsDeleted && view.Text("SobjectType") == schema.Name)
            .Select(view => (JsonNode)Head(call, schema.Name, view)).ToArray();
        return RestReply.Ok(new JsonObject { ["done"] = true, ["listviews"] = new JsonArray(views), ["nextRecordsUrl"] = null, ["size"] = views.Length,
            ["sobjectType"] = schema.Name });
    }

    public static RestReply Get(RestCall call, string type, string id)
    {
        var schema = call.Table(type).Schema;
        return RestReply.Ok(Head(call, schema.Name, call.Find(call.Org.Table("ListView"), id)));
    }

    private static JsonObject Head(RestCall call, string type, OrgRow view)
    {
        var path = call.Path($"sobjects/{type}/listviews/{view.Id}");
        return new JsonObject
        {
            ["describeUrl"] = path + "/describe", ["developerName"] = view.Text("DeveloperName"), ["id"] = view.Id, ["label"] = view.Text("Name"),
            ["resultsUrl"] = path + "/results", ["soqlCompatible"] = true, ["url"] = path,
        };
    }
}
