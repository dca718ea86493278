using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>How leniently HubSpot reads a body.</summary>
internal static class HubSpotJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static JsonObject ReadObject(ReadOnlyMemory<byte> body) =>
        Read(body) as JsonObject ?? throw HubSpotRefusal.Validation("Invalid input JSON: an object was expected");

    public static JsonNode? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span, documentOptions: Strict);
        }
        catch (JsonException error)
        {
            throw HubSpotRefusal.Validation("Invalid input JSON on line 1, column 1: " + error.Message);
        }
    }

    /// <summary>A value as the text that HubSpot keeps: numbers and booleans lose nothing but their type.</summary>
    public static string? Text(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value => value.ToJsonString(),
        _ => throw HubSpotRefusal.Validation("Invalid input JSON: a plain value was expected"),
    };

    public static Dictionary<string, string?> Texts(JsonNode? node) =>
        (node as JsonObject)?.ToDictionary(pair => pair.Key, pair => Text(pair.Value), StringComparer.Ordinal) ?? new(StringComparer.Ordinal);

    public static List<string> List(JsonNode? node) => [.. (node as JsonArray)?.Select(item => Text(item) ?? "") ?? []];
}
