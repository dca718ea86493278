using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmSync.Leads;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Configuration;

/// <summary>
/// The form of <c>appsettings.json</c> as a JSON Schema, made from the very options that are read, so that editors complete and
/// check it while it is written. What it cannot say (is there such a file, does a token fit) is left to <c>config print</c>.
/// </summary>
internal static class SettingsSchema
{
    /// <summary>The name of the file beside the settings that holds it.</summary>
    internal const string FileName = "appsettings.schema.json";

    private const string Span = @"^([0-9]+\.)?[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?$";
    private static readonly string[] StageNames = Enum.GetNames<LifecycleStage>();
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The schema as text, with a line feed at its end.</summary>
    internal static string Write() => Root().ToJsonString(Readable) + "\n";

    internal static JsonObject Root()
    {
        var root = Group(typeof(RootOptions));
        root["properties"]!["$schema"] = new JsonObject { ["type"] = "string", ["description"] = "This schema, for editors." };
        root["properties"]!["Connections"]!["propertyNames"] = new JsonObject { ["pattern"] = "^[A-Za-z][A-Za-z0-9_-]{0,39}$" };
        var whole = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "CrmSync settings" };
        foreach (var (key, value) in root)
            whole[key] = value?.DeepClone();
        return whole;
    }

    private static JsonObject Group(Type options)
    {
        var properties = new JsonObject();
        foreach (var property in options.GetProperties())
            properties[property.Name] = Setting(property);
        return new() { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }

    private static JsonObject Setting(PropertyInfo property)
    {
        var schema = Of(property.PropertyType);
        if (property.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed)
            schema["enum"] = Words(allowed.Values.Select(v => (string)v!));
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            schema[range.MinimumIsExclusive ? "exclusiveMinimum" : "minimum"] = JsonValue.Create(Convert.ToDouble(range.Minimum));
            schema["maximum"] = JsonValue.Create(Convert.ToDouble(range.Maximum));
        }
        switch (property.Name)
        {
            case nameof(ConnectionOptions.AccountId):
                // Ids of digits alone are written either way.
                schema["type"] = Words(["string", "integer"]);
                break;
            case nameof(MappingOptions.StageOnRejected):
                schema["enum"] = Words(StageNames);
                break;
            case nameof(MappingOptions.StageOrder):
                schema["items"]!["enum"] = Words(StageNames);
                break;
            case nameof(MappingOptions.AcceptOn):
                schema["items"]!["enum"] = Words(AcceptSettings.Words);
                break;
            case nameof(MappingOptions.Stages):
                schema["propertyNames"] = new JsonObject { ["enum"] = Words(StageNames) };
                break;
        }
        schema["description"] = property.GetCustomAttribute<DescriptionAttribute>()!.Description;
        return schema;
    }

    private static JsonObject Of(Type type)
    {
        if (SettingTypes.IsOptions(type))
            return Group(type);
        if (SettingTypes.IsMap(type))
            return new() { ["type"] = "object", ["additionalProperties"] = Of(SettingTypes.ItemOf(type)) };
        if (SettingTypes.IsList(type))
            return new() { ["type"] = "array", ["items"] = Of(SettingTypes.ItemOf(type)) };
        // The reader takes numbers and flags as texts too.
        if (type == typeof(int))
            return new() { ["type"] = Words(["integer", "string"]), ["pattern"] = "^[0-9]+$" };
        if (type == typeof(double))
            return new() { ["type"] = Words(["number", "string"]), ["pattern"] = @"^[0-9]+(\.[0-9]+)?$" };
        if (type == typeof(bool))
            return new() { ["type"] = Words(["boolean", "string"]), ["pattern"] = "^([Tt]rue|[Ff]alse)$" };
        return type == typeof(TimeSpan) ? new() { ["type"] = "string", ["pattern"] = Span } : new() { ["type"] = "string" };
    }

    private static JsonArray Words(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)word)];
}
