using System.Globalization;
using System.Text.Json.Nodes;

namespace CrmSync.Sandbox.Pipedrive.Schema;

/// <summary>
/// Values between the texts of a scenario, the record and answers. A record keeps texts, whole numbers (also for options and users), doubles, booleans, instants,
/// lists of numbers or texts, and JSON for what has parts.
/// </summary>
internal static class FieldValues
{
    /// <summary>The value in the form of v2, and of v1 but for leads' custom fields and times.</summary>
    public static JsonNode? ToJson(object? value, Func<DateTimeOffset, string> time) => value switch
    {
        null => null,
        string text => text,
        long number => number,
        double number => Number(number),
        bool flag => flag,
        DateTimeOffset at => time(at),
        IReadOnlyList<long> ids => new JsonArray([.. ids.Select(id => (JsonNode)id)]),
        IReadOnlyList<string> ids => new JsonArray([.. ids.Select(id => (JsonNode)id)]),
        JsonNode node => node.DeepClone(),
        _ => throw new InvalidOperationException($"A value of type {value.GetType().Name} has no form in JSON."),
    };

    /// <summary>A whole number is written without a fraction, as JavaScript does.</summary>
    public static JsonNode Number(double number) => number is > -1e15 and < 1e15 && number == Math.Floor(number) ? JsonValue.Create((long)number) : JsonValue.Create(number);

    /// <summary>What a person reads: the label of an option, the plain text of all else; null for nothing.</summary>
    public static string? ToText(FieldDefinition field, object? value) => value switch
    {
        null => null,
        string text => text,
        long id when field.HasOptions => field.Option(id)?.Label ?? Text(id),
        long number => Text(number),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        DateTimeOffset at => PipedriveTimes.Milliseconds(at),
        IReadOnlyList<long> ids => string.Join(',', ids.Select(id => field.Option(id)?.Label ?? Text(id))),
        IReadOnlyList<string> ids => string.Join(',', ids),
        JsonArray items when field.Kind == "contacts" => items.Count == 0 ? null : items[0]?["value"]?.GetValue<string>(),
        JsonObject parts when field.Kind == "address" => parts["country"]?.GetValue<string>() ?? parts["value"]?.GetValue<string>(),
        JsonNode node => node.ToJsonString(),
        _ => value.ToString(),
    };

    /// <summary>The value that a scenario means by a text; an option by its label.</summary>
    /// <exception cref="FormatException">The text is no value of this field.</exception>
    public static object? FromText(FieldDefinition field, string? text) => string.IsNullOrEmpty(text) ? null : field.Kind switch
    {
        "enum" => OptionOf(field, text).Id,
        "set" => text.Split(',').Select(label => OptionOf(field, label).Id).ToList(),
        "num" or "double" => double.Parse(text, CultureInfo.InvariantCulture),
        "int" or "user" or "org" or "person" or "people" or "deal" or "stage" or "pipeline" or "channel" => long.Parse(text, CultureInfo.InvariantCulture),
        "bool" => bool.Parse(text),
        "contacts" => Contacts(text),
        "address" => Address(text),
        "stamp" or "v1stamp" => PipedriveTimes.Lenient(text) ?? throw new FormatException($"'{text}' is no instant."),
        _ => text,
    };

    public static JsonArray Contacts(string value) => [new JsonObject { ["value"] = value, ["primary"] = true, ["label"] = "work" }];

    public static JsonObject Address(string country)
    {
        var address = new JsonObject { ["value"] = country, ["country"] = country };
        foreach (var part in AddressParts)
        {
            address[part] = "";
        }

        return address;
    }

    public static bool Same(object? one, object? other) => (one, other) switch
    {
        (IReadOnlyList<long> left, IReadOnlyList<long> right) => left.SequenceEqual(right),
        (IReadOnlyList<string> left, IReadOnlyList<string> right) => left.SequenceEqual(right),
        (JsonNode left, JsonNode right) => JsonNode.DeepEquals(left, right),
        _ => Equals(one, other),
    };

    public static readonly IReadOnlyList<string> AddressParts =
        ["admin_area_level_1", "admin_area_level_2", "locality", "sublocality", "route", "street_number", "subpremise", "postal_code"];

    private static FieldOption OptionOf(FieldDefinition field, string label) =>
        field.Options.FirstOrDefault(option => option.Label.Equals(label.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new FormatException($"'{field.Name}' has no option '{label}'. It has: {string.Join(", ", field.Options.Select(option => option.Label))}.");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
