using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Saved views. They are kept, listed and taken away; lists do not evaluate them.</summary>
internal static class FilterEndpoints
{
    private static readonly string[] Types = ["deals", "leads", "org", "people", "products", "activity", "projects"];

    public static PipedriveReply List(PipedriveCall call)
    {
        var type = call.Request.Parameter("type");
        return Replies.Data(new JsonArray([.. call.Company.Filters.Where(filter => type is null || filter.Type == type).Select(filter => (JsonNode)Json(filter, false))]));
    }

    public static PipedriveReply Get(PipedriveCall call) => Replies.Data(Json(Find(call), true));

    public static PipedriveReply Create(PipedriveCall call)
    {
        var body = call.Body;
        if (body["name"]?.ToString() is not { Length: > 0 } name || body["conditions"] is not JsonObject conditions || body["type"]?.ToString() is not { } type || !Types.Contains(type))
        {
            throw Refusal.Generic(400, "A filter needs a name, conditions and a type");
        }

        if (conditions["glue"]?.ToString() != "and" || conditions["conditions"] is not JsonArray { Count: 2 } groups
            || groups[0]?["glue"]?.ToString() != "and" || groups[1]?["glue"]?.ToString() != "or")
        {
            throw Refusal.Generic(400, "Conditions need one group glued by 'and' and one glued by 'or', glued by 'and'");
        }

        var filter = new SavedFilter(call.Company.Filters.Count + 1, name, type, conditions.DeepClone().AsObject(), call.Context.Actor.User.Id, call.Request.Now);
        call.Company.Filters.Add(filter);
        return Replies.Data(new JsonObject { ["id"] = filter.Id });
    }

    public static PipedriveReply Update(PipedriveCall call)
    {
        var filter = Find(call);
        var changed = filter with
        {
            Name = call.Body["name"]?.ToString() ?? filter.Name,
            Conditions = call.Body["conditions"]?.DeepClone() as JsonObject ?? filter.Conditions,
        };
        call.Company.Filters[call.Company.Filters.IndexOf(filter)] = changed;
        return Replies.Data(new JsonObject { ["id"] = filter.Id });
    }

    public static PipedriveReply Delete(PipedriveCall call)
    {
        var filter = Find(call);
        call.Company.Filters.Remove(filter);
        return Replies.Data(new JsonObject { ["id"] = filter.Id });
    }

    private static SavedFilter Find(PipedriveCall call) => call.Company.Filters.Find(filter => filter.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == call.Parts[0])
        ?? throw Refusal.Generic(404, "Filter not found", "Object was not found.");

    private static JsonObject Json(SavedFilter filter, bool isWhole)
    {
        var json = new JsonObject
        {
            ["id"] = filter.Id,
            ["name"] = filter.Name,
            ["active_flag"] = true,
            ["type"] = filter.Type,
            ["temporary_flag"] = null,
            ["user_id"] = filter.UserId,
            ["add_time"] = PipedriveTimes.Plain(filter.AddTime),
            ["update_time"] = PipedriveTimes.Plain(filter.AddTime),
            ["visible_to"] = "7",
            ["custom_view_id"] = null,
        };
        if (isWhole)
        {
            json["conditions"] = filter.Conditions.DeepClone();
        }

        return json;
    }
}
