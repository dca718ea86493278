using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>
/// Lists of records. Paths, bodies, statuses and scopes are those of HubSpot's published OpenAPI file of 2026-09 and of its npm client 13.5.0; the
/// refusal of a name that is taken is what public integrations check for; the words of the other refusals are the sandbox's own.
/// </summary>
internal static class ListEndpoints
{
    private static readonly string[] ProcessingTypes = ["MANUAL", "DYNAMIC", "SNAPSHOT"];

    public static ApiReply Create(ApiCall call)
    {
        var (name, typeId, processing) = (Required(call, "name"), Required(call, "objectTypeId"), Required(call, "processingType"));
        var type = ObjectType.All.FirstOrDefault(known => known.TypeId == typeId) ?? throw HubSpotRefusal.Validation($"Unknown object type id: {typeId}");
        if (!ProcessingTypes.Contains(processing))
        {
            throw HubSpotRefusal.Validation($"Invalid processing type {processing}. Known: {string.Join(", ", ProcessingTypes)}");
        }

        if (call.Portal.Lists.IsTaken(name))
        {
            throw new HubSpotRefusal(400, "A list with that name already exists.", "VALIDATION_ERROR") { SubCategory = "ILS.DUPLICATE_LIST_NAMES" };
        }

        var branch = Branch(call.Body, processing);
        var filters = branch is null ? null : ListFilters.Parse(call.Portal, type, branch);
        IReadOnlyList<long>? members = processing == "DYNAMIC" ? null : filters?.Accepted(call, type) ?? [];
        var list = new RecordList(call.Portal.Lists.TakeId(), name, type, processing, branch, members, call.Request.Now);
        call.Portal.Lists.Add(list);
        return ApiReply.Ok(new JsonObject { ["list"] = Write(list, withFilters: true) });
    }

    public static ApiReply Get(ApiCall call) => Answer(call, Find(call));

    public static ApiReply GetByName(ApiCall call) =>
        Answer(call, call.Portal.Lists.Find(call.Type(), call["name"]) ?? throw NotFound($"No list is named {call["name"]}"));

    /// <summary>Lists whose name contains the query, a page at a time by offset.</summary>
    public static ApiReply Search(ApiCall call)
    {
        var (query, kinds) = (HubSpotJson.Text(call.Body["query"]) ?? "", HubSpotJson.List(call.Body["processingTypes"]));
        var offset = int.TryParse(HubSpotJson.Text(call.Body["offset"]), out var from) ? from : 0;
        var count = int.TryParse(HubSpotJson.Text(call.Body["count"]), out var wanted) ? Math.Clamp(wanted, 1, 500) : 20;
        var found = call.Portal.Lists.All
            .Where(list => list.Name.Contains(query, StringComparison.OrdinalIgnoreCase) && (kinds.Count == 0 || kinds.Contains(list.Processing))).ToList();
        var page = found.Skip(offset).Take(count).ToList();
        return ApiReply.Ok(new JsonObject
        {
            ["offset"] = offset + page.Count,
            ["hasMore"] = offset + page.Count < found.Count,
            ["lists"] = new JsonArray([.. page.Select(list => (JsonNode)WriteFound(list))]),
            ["total"] = found.Count,
        });
    }

    public static ApiReply Delete(ApiCall call)
    {
        call.Portal.Lists.Remove(Find(call));
        return ApiReply.NoContent;
    }

    public static RecordList Find(ApiCall call) =>
        (long.TryParse(call["id"], out var id) ? call.Portal.Lists.Find(id) : null) ?? throw NotFound($"No list has the id {call["id"]}");

    private static HubSpotRefusal NotFound(string message) => new(404, message, "OBJECT_NOT_FOUND");

    private static string Required(ApiCall call, string field) => HubSpotJson.Text(call.Body[field]) is { Length: > 0 } text
        ? text
        : throw HubSpotRefusal.Validation($"Invalid input JSON: some required fields were not set: [{field}]");

    private static JsonObject? Branch(JsonObject body, string processing) => (processing, body["filterBranch"]) switch
    {
        ("DYNAMIC", not JsonObject) => throw HubSpotRefusal.Validation("A DYNAMIC list needs a filterBranch"),
        ("MANUAL", JsonObject) => throw HubSpotRefusal.Validation("A MANUAL list has no filterBranch"),
        (_, var branch) => (JsonObject?)(branch as JsonObject)?.DeepClone(),
    };

    private static ApiReply Answer(ApiCall call, RecordList list) =>
        ApiReply.Ok(new JsonObject { ["list"] = Write(list, call.Request.Parameter("includeFilters") == "true") });

    private static JsonObject WriteFound(RecordList list)
    {
        var found = Write(list, withFilters: false);
        found["additionalProperties"] = new JsonObject();
        return found;
    }

    private static JsonObject Write(RecordList list, bool withFilters)
    {
        var made = Instants.Format(list.CreatedAt);
        var json = new JsonObject
        {
            ["listId"] = list.Id.ToString(CultureInfo.InvariantCulture),
            ["listVersion"] = 1,
            ["createdAt"] = made,
            ["updatedAt"] = made,
            ["processingStatus"] = "COMPLETE",
            ["processingType"] = list.Processing,
            ["objectTypeId"] = list.Type.TypeId,
            ["name"] = list.Name,
        };
        if (withFilters && list.FilterBranch is { } branch)
        {
            json["filtersUpdatedAt"] = made;
            json["filterBranch"] = branch.DeepClone();
        }

        return json;
    }
}
