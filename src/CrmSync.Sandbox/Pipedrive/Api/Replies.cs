using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>The envelopes of answers.</summary>
internal static class Replies
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static PipedriveReply Data(JsonNode? data, int status = 200) => new(status, new JsonObject { ["success"] = true, ["data"] = data });

    public static PipedriveReply DataWithNothingMore(JsonNode? data) => new(200, new JsonObject { ["success"] = true, ["data"] = data, ["additional_data"] = null });

    public static PipedriveReply Page(JsonArray data, string? nextCursor) =>
        new(200, new JsonObject { ["success"] = true, ["data"] = data, ["additional_data"] = new JsonObject { ["next_cursor"] = nextCursor } });
}
