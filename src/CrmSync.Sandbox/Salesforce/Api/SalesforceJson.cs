using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>JSON as Salesforce reads and writes it: compact, letters of any script as they are.</summary>
internal static class SalesforceJson
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static JsonNode? Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonNode.Parse(body.Span, documentOptions: Strict);
        }
        catch (JsonException error)
        {
            throw SalesforceRefusal.Json($"{error.Message} at [line:{(error.LineNumber ?? 0) + 1}, column:{(error.BytePositionInLine ?? 0) + 1}]");
        }
    }

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool Flag(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
}
