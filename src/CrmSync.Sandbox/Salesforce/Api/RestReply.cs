using System.Text.Json.Nodes;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>What an endpoint answers.</summary>
internal sealed record RestReply(int Status, JsonNode? Body)
{
    public static RestReply NoContent { get; } = new(204, null);

    /// <summary>Text instead of JSON, with its kind.</summary>
    public (string Text, string ContentType)? Raw { get; init; }

    public Dictionary<string, string> Headers { get; init; } = [];

    public static RestReply Ok(JsonNode body) => new(200, body);

    public static RestReply Created(JsonNode body) => new(201, body);
}
