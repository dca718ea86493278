using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace CrmSync.Tests.Support;

/// <summary>
/// Checks JSON against the part of OpenAPI 3.0's schemas that Pipedrive's files use. Their known faults are let pass in answers: values that are null though the file
/// says they never are, and the page of a v1 list told in either place. A strict check knows no key that the file does not,
/// but for the customer's hashes and what was asked for.
/// </summary>
internal sealed class OpenApiSchema(bool isStrict, IReadOnlyList<string> onRequest)
{
    /// <summary>Examples, prose or real answers have these where the file's schemas have them not.</summary>
    private static readonly string[] Undescribed =
    [
        "pagination", "start", "limit", "more_items_in_collection", "next_start", "is_admin", "creator_user_id", "archive_time", "pinned_to_lead_flag",
    ];

    public IEnumerable<string> Faults(YamlMappingNode schema, JsonNode? value, string path)
    {
        if (value is null)
        {
            return isStrict || Text(schema, "nullable") == "true" || Text(schema, "type") is null ? [] : [$"{path} must not be null"];
        }

        return ChoiceFaults(schema, value, path) ?? (Type(schema) switch
        {
            "object" => ObjectFaults(schema, value, path),
            "array" => value is JsonArray items ? items.SelectMany((item, index) => Child(schema, "items") is YamlMappingNode of ? Faults(of, item, $"{path}[{index}]") : []) : [$"{path} must be an array"],
            _ => PlainFaults(schema, value, path),
        });
    }

    /// <summary>One of several forms has to fit; null for a schema that is no choice.</summary>
    private List<string>? ChoiceFaults(YamlMappingNode schema, JsonNode value, string path)
    {
        if ((Child(schema, "oneOf") ?? Child(schema, "anyOf")) is not YamlSequenceNode choices)
        {
            return null;
        }

        return Best(choices.OfType<YamlMappingNode>().Select(choice => Faults(choice, value, path).ToList()));
    }

    private IEnumerable<string> ObjectFaults(YamlMappingNode schema, JsonNode value, string path)
    {
        if (value is not JsonObject json)
        {
            return [$"{path} must be an object"];
        }

        var parts = Parts(schema).ToList();
        var properties = parts.Select(part => Child(part, "properties")).OfType<YamlMappingNode>().SelectMany(found => found.Children)
            .GroupBy(pair => pair.Key.ToString(), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Select(pair => (YamlMappingNode)pair.Value).ToList(), StringComparer.Ordinal);
        var required = parts.Select(part => Child(part, "required")).OfType<YamlSequenceNode>().SelectMany(names => names.Select(name => name.ToString()));
        var isOpen = properties.Count == 0 || parts.Exists(part => Child(part, "additionalProperties") is { } more && more.ToString() != "false");
        return required.Where(name => !json.ContainsKey(name)).Select(name => $"{path}.{name} is missing")
            .Concat(json.SelectMany(pair => properties.TryGetValue(pair.Key, out var forms)
                ? Best(forms.Select(form => Faults(form, pair.Value, $"{path}.{pair.Key}").ToList()))
                : isOpen || !isStrict || IsHash(pair.Key) || Undescribed.Contains(pair.Key) || onRequest.Contains(pair.Key) ? [] : [$"{path}.{pair.Key} is not described"]));
    }

    /// <summary>A schema that extends another tells some properties anew; one of the two has to fit.</summary>
    private static List<string> Best(IEnumerable<List<string>> faults) => faults.MinBy(found => found.Count)!;

    private static IEnumerable<string> PlainFaults(YamlMappingNode schema, JsonNode value, string path)
    {
        var kind = value.GetValueKind();
        var fits = Type(schema) switch
        {
            "string" => kind == JsonValueKind.String && FormFits(Text(schema, "format"), value.GetValue<string>()),
            "integer" => kind == JsonValueKind.Number && value.ToJsonString().All(letter => char.IsAsciiDigit(letter) || letter == '-'),
            "number" => kind == JsonValueKind.Number,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            _ => true,
        };
        if (!fits)
        {
            return [$"{path} must be {Type(schema)} {Text(schema, "format")}, not {value.ToJsonString()}"];
        }

        var known = Parts(schema).Select(part => Child(part, "enum")).OfType<YamlSequenceNode>().FirstOrDefault();
        return known is null || known.Any(one => one.ToString() == value.ToString()) ? [] : [$"{path} must be one of {string.Join(", ", known)}, not {value}"];
    }

    private static bool FormFits(string? format, string text) => format switch
    {
        "uuid" => Guid.TryParse(text, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => true,
    };

    /// <summary>The schema with all that it is made of.</summary>
    private static IEnumerable<YamlMappingNode> Parts(YamlMappingNode schema) =>
        Child(schema, "allOf") is YamlSequenceNode all ? all.OfType<YamlMappingNode>().SelectMany(Parts).Append(schema) : [schema];

    private static string? Type(YamlMappingNode schema) => Parts(schema).Select(part => Text(part, "type")).FirstOrDefault(type => type is not null)
        ?? (Parts(schema).Any(part => Child(part, "properties") is not null) ? "object" : null);

    private static bool IsHash(string key) => key.Length >= 40 && key.Take(40).All(char.IsAsciiHexDigitLower);

    private static string? Text(YamlMappingNode schema, string name) => (Child(schema, name) as YamlScalarNode)?.Value;

    private static YamlNode? Child(YamlMappingNode node, string name) => node.Children.TryGetValue(new YamlScalarNode(name), out var found) ? found : null;
}
