using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>A JSON value as the value of a field.</summary>
internal static class RowValues
{
    private const double LargestNumber = 1e18;

    public static object? Read(FieldDefinition field, JsonNode? node)
    {
        if (node is null)
        {
            return field.Type == "boolean" ? false : null;
        }

        var kind = node.GetValueKind();
        var text = kind == JsonValueKind.String ? node.GetValue<string>() : null;
        return field.Type switch
        {
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False ? kind == JsonValueKind.True : bool.TryParse(text, out var flag) ? flag : throw Wrong(field, node),
            "int" => Number(field, node, kind, text) is var whole && whole % 1 == 0 ? (long)whole : throw Wrong(field, node),
            "double" or "currency" or "percent" => Number(field, node, kind, text),
            "date" => text is not null && SalesforceInstants.ParseDay(text) is { } day ? day : throw Wrong(field, node),
            "datetime" => text is not null && SalesforceInstants.Parse(text) is { } at ? SalesforceInstants.Second(at) : throw Wrong(field, node),
            "reference" => text is "" ? null : RecordId.Normalise(text)
                ?? throw SalesforceRefusal.Row("MALFORMED_ID", $"{field.Label}: id value of incorrect type: {text}", field.Name),
            _ => text ?? throw Wrong(field, node),
        };
    }

    private static double Number(FieldDefinition field, JsonNode node, JsonValueKind kind, string? text)
    {
        var number = kind == JsonValueKind.Number ? node.ToJsonString() : text ?? throw Wrong(field, node);
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            throw Wrong(field, node);
        }

        return Math.Abs(value) < LargestNumber
            ? value
            : throw SalesforceRefusal.Row("NUMBER_OUTSIDE_VALID_RANGE", $"{field.Label}: value outside of valid range on numeric field: {number}", field.Name);
    }

    private static SalesforceRefusal Wrong(FieldDefinition field, JsonNode node) =>
        SalesforceRefusal.Json($"Cannot deserialize instance of {field.Type} from VALUE_{node.GetValueKind().ToString().ToUpperInvariant()} value {Short(node)} or request may be missing a required field at [line:1, column:1]");

    private static string Short(JsonNode node)
    {
        var text = node is JsonValue ? node.ToString() : node.GetValueKind().ToString();
        return text[..Math.Min(60, text.Length)];
    }
}
