using System.Globalization;
using System.Text.Json.Nodes;

namespace CrmSync.Sandbox.Salesforce.Schema;

/// <summary>
/// A field's value is kept as text, bool, long, double, <see cref="DateOnly"/> or <see cref="DateTimeOffset"/>, by the field's type; an empty text is no value.
/// </summary>
internal static class FieldValues
{
    /// <summary>Reads what a scenario wrote as text.</summary>
    /// <exception cref="FormatException">The text is no value of this type.</exception>
    public static object? FromText(FieldDefinition field, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return field.Type == "boolean" ? false : null;
        }

        return field.Type switch
        {
            "boolean" => text is "true" or "false" or "1" or "0" ? text is "true" or "1" : throw Wrong(field, text),
            "int" => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) ? whole : throw Wrong(field, text),
            "double" or "currency" or "percent" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(field, text),
            "date" => SalesforceInstants.ParseDay(text) ?? throw Wrong(field, text),
            "datetime" => SalesforceInstants.Second(Instant(text) ?? throw Wrong(field, text)),
            "reference" or "id" => RecordId.Normalise(text) ?? throw Wrong(field, text),
            _ => text,
        };
    }

    public static JsonNode? ToJson(FieldDefinition field, object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag,
        long whole => whole,
        double number => Number(number),
        DateOnly day => SalesforceInstants.Format(day),
        DateTimeOffset at => SalesforceInstants.Format(at),
        _ => throw new InvalidOperationException($"{field.Name} holds a {value.GetType()}."),
    };

    /// <summary>The value as the log and the state tell it.</summary>
    public static string? ToText(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateOnly day => SalesforceInstants.Format(day),
        DateTimeOffset at => SalesforceInstants.Format(at),
        _ => value.ToString(),
    };

    public static object? Get(object?[] values, FieldDefinition field) => field.Index < values.Length ? values[field.Index] : null;

    /// <summary>Numbers that are no counts are written with a point, even whole ones.</summary>
    private static JsonNode? Number(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return JsonNode.Parse(text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text);
    }

    /// <summary>A day alone is its first moment.</summary>
    private static DateTimeOffset? Instant(string text) =>
        SalesforceInstants.Parse(text) ?? (SalesforceInstants.ParseDay(text) is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null);

    private static FormatException Wrong(FieldDefinition field, string text) => new($"'{text}' is no {field.Type} for {field.Name}.");
}
