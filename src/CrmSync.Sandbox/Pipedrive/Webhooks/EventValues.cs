using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Webhooks;

/// <summary>The customer's values in webhooks, where each tells its type, unlike in the API.</summary>
internal static class EventValues
{
    public static JsonNode? Of(FieldDefinition field, object? value) => value is null ? null : field.Kind switch
    {
        "enum" => Typed(field, ("id", (long)value)),
        "set" => Typed(field, ("values", new JsonArray([.. ((IReadOnlyList<long>)value).Select(id => (JsonNode)new JsonObject { ["id"] = id })]))),
        "people" or "org" or "user" => Typed(field, ("id", (long)value)),
        "monetary" => Typed(field, ("value", Part(value, "value")), ("currency", Part(value, "currency"))),
        "time" => Typed(field, ("value", Part(value, "value")), ("timezone_id", Part(value, "timezone_id"))),
        "timerange" or "daterange" => Typed(field, ("from", Part(value, "value")), ("until", Part(value, "until"))),
        "address" => Address(field, (JsonObject)value),
        _ => Typed(field, ("value", FieldValues.ToJson(value, PipedriveTimes.Seconds))),
    };

    private static JsonObject Typed(FieldDefinition field, params ReadOnlySpan<(string Name, JsonNode? Value)> parts)
    {
        var json = new JsonObject();
        foreach (var (name, value) in parts)
        {
            json[name] = value;
        }

        json["type"] = field.FieldType;
        return json;
    }

    private static JsonObject Address(FieldDefinition field, JsonObject parts)
    {
        var json = parts.DeepClone().AsObject();
        json["type"] = field.FieldType;
        return json;
    }

    private static JsonNode? Part(object value, string name) => ((JsonObject)value)[name]?.DeepClone();
}
