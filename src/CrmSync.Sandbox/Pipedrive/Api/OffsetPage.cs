using System.Text.Json.Nodes;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>The lists of v1: paged by how many records came before.</summary>
internal static class OffsetPage
{
    public static PipedriveReply Of<T>(PipedriveCall call, IReadOnlyList<T> all, Func<T, JsonNode> json) => Of(call, all, all.Count, json, isNested: true).Reply;

    /// <summary>As above, for records in an order of which only the page is worked out.</summary>
    public static (PipedriveReply Reply, IReadOnlyList<T> Shown) Of<T>(PipedriveCall call, IEnumerable<T> all, int count, Func<T, JsonNode> json, bool isNested)
    {
        var (start, limit) = ((int)(call.Number("start") ?? 0), call.Limit());
        List<T> shown = [.. all.Skip(start).Take(limit)];
        var hasMore = start + shown.Count < count;
        var page = new JsonObject { ["start"] = start, ["limit"] = limit, ["more_items_in_collection"] = hasMore };
        if (hasMore && isNested)
        {
            page["next_start"] = start + shown.Count;
        }

        return (new PipedriveReply(200, new JsonObject
        {
            ["success"] = true,
            ["data"] = shown.Count == 0 && call.Switches.EmptyListNull ? null : new JsonArray([.. shown.Select(json)]),
            ["additional_data"] = isNested ? new JsonObject { ["pagination"] = page } : page,
        }), shown);
    }
}
