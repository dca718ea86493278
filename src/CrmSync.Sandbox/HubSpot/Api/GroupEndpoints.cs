using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>The headings under which properties stand.</summary>
internal static class GroupEndpoints
{
    public static ApiReply List(ApiCall call) => ApiReply.Ok(new JsonObject
    {
        ["results"] = new JsonArray([.. call.Portal.Schema(call.Type()).Groups.Select(group => (JsonNode)Write(group))]),
    });

    public static ApiReply Get(ApiCall call) => ApiReply.Ok(Write(Find(call)));

    public static ApiReply Create(ApiCall call)
    {
        var schema = call.Portal.Schema(call.Type());
        var name = HubSpotJson.Text(call.Body["name"]) ?? throw HubSpotRefusal.Validation("Invalid input JSON: some required fields were not set: [name]");
        if (schema.FindGroup(name) is not null)
        {
            throw new HubSpotRefusal(409, $"A property group named '{name}' already exists.", "CONFLICT");
        }

        var order = int.TryParse(HubSpotJson.Text(call.Body["displayOrder"]), out var parsed) ? parsed : -1;
        var group = new PropertyGroup(name, HubSpotJson.Text(call.Body["label"]) ?? name, order);
        schema.PutGroup(group);
        return ApiReply.Created(Write(group));
    }

    public static ApiReply Update(ApiCall call)
    {
        var old = Find(call);
        var changed = old with { Label = HubSpotJson.Text(call.Body["label"]) ?? old.Label };
        call.Portal.Schema(call.Type()).PutGroup(changed);
        return ApiReply.Ok(Write(changed));
    }

    public static ApiReply Archive(ApiCall call)
    {
        call.Portal.Schema(call.Type()).RemoveGroup(Find(call).Name);
        return ApiReply.NoContent;
    }

    private static PropertyGroup Find(ApiCall call) => call.Portal.Schema(call.Type()).FindGroup(call["name"])
        ?? throw new HubSpotRefusal(404, $"Property group {call["name"]} does not exist", "OBJECT_NOT_FOUND");

    private static JsonObject Write(PropertyGroup group) => new()
    {
        ["name"] = group.Name,
        ["label"] = group.Label,
        ["displayOrder"] = group.DisplayOrder,
        ["archived"] = false,
    };
}
