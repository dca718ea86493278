using System.Text.Json.Nodes;

namespace CrmSync.Worker.Rules.JsonSchema;

/// <summary>The pieces that a JSON Schema (draft 2020-12) of a rule file is made of.</summary>
internal static class SchemaParts
{
    internal static JsonObject Text(string description) => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = 300, ["description"] = description };

    internal static JsonObject Pattern(string pattern, string description) => new() { ["type"] = "string", ["pattern"] = pattern, ["description"] = description };

    internal static JsonObject Whole(int least, int most, string description) =>
        new() { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most, ["description"] = description };

    internal static JsonObject Flag(string description) => new() { ["type"] = "boolean", ["description"] = description };

    internal static JsonObject Words(IEnumerable<string> words, string description) =>
        new() { ["type"] = "string", ["enum"] = Array(words), ["description"] = description };

    internal static JsonObject Span(string description) => Pattern("^[0-9]{1,5}[dh]$", $"{description} Days as 30d, hours as 24h.");

    internal static JsonObject WorkingTime(string description) =>
        Pattern("^[0-9]{1,3} +business +(day|days|hour|hours)$", $"{description} For example 1 business day, or 4 business hours.");

    internal static JsonObject Date(string description) => Pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", $"{description} Written 2026-12-24.");

    internal static JsonObject Ref(string name) => new() { ["$ref"] = $"#/$defs/{name}" };

    /// <summary>A value, or the word "none".</summary>
    internal static JsonObject OrNone(JsonObject schema, string description) =>
        new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["const"] = "none" }), ["description"] = description };

    internal static JsonObject List(JsonObject item, string description, int? most = null)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item, ["description"] = description };
        if (most is { } limit)
            list["maxItems"] = limit;
        return list;
    }

    /// <summary>A list, or one item that stands for a list of one.</summary>
    internal static JsonObject OneOrMany(JsonObject item, string description) => new()
    {
        ["anyOf"] = new JsonArray(item, new JsonObject { ["type"] = "array", ["items"] = item.DeepClone() }),
        ["description"] = description,
    };

    /// <summary>A map with these keys and no others.</summary>
    internal static JsonObject Map(string description, string[] required, params (string Key, JsonObject Schema)[] keys)
    {
        var properties = new JsonObject();
        foreach (var (key, schema) in keys)
            properties[key] = schema;
        var map = new JsonObject { ["type"] = "object", ["description"] = description, ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Length > 0)
            map["required"] = Array(required);
        return map;
    }

    /// <summary>A map whose keys the file chooses.</summary>
    internal static JsonObject FreeMap(JsonObject value, string description) =>
        new() { ["type"] = "object", ["additionalProperties"] = value, ["description"] = description };

    internal static JsonArray Array(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)word)];
}
