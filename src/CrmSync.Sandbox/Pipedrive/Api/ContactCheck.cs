using System.Text.Json.Nodes;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>E-mail addresses and phone numbers: written as a whole list, of which one is the primary.</summary>
internal sealed class ContactCheck(PlainCheck check)
{
    private const int Longest = 255;

    public JsonArray Read(JsonNode value, string path)
    {
        var items = value as JsonArray ?? throw check.Fail(path, "must be an array");
        var read = items.Select(item => Item(item, path)).ToList();
        if (read.Count > 0 && !read.Exists(item => item["primary"]!.GetValue<bool>()))
        {
            read[0]["primary"] = true;
        }

        return new JsonArray([.. read]);
    }

    private JsonObject Item(JsonNode? node, string path)
    {
        var item = node as JsonObject ?? throw check.Fail(path, "must hold objects");
        var label = item["label"] is { } name ? check.Text(name, path + ".label", Longest) : "work";
        return new JsonObject
        {
            ["value"] = check.Text(item["value"] ?? throw check.Fail(path, "must hold values"), path + ".value", Longest),
            ["primary"] = item["primary"] is { } primary && check.Flag(primary, path + ".primary"),
            ["label"] = label,
        };
    }
}
