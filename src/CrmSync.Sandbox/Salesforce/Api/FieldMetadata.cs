using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>A field's definition in the words of the metadata, which are not those of a describe.</summary>
internal static class FieldMetadata
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["Text"] = "string", ["TextArea"] = "textarea", ["LongTextArea"] = "textarea", ["Picklist"] = "picklist", ["Checkbox"] = "boolean", ["Number"] = "double",
        ["Date"] = "date", ["DateTime"] = "datetime", ["Email"] = "email", ["Phone"] = "phone", ["Url"] = "url", ["Currency"] = "currency", ["Percent"] = "percent",
        ["Lookup"] = "reference",
    };

    public static FieldDefinition Read(string name, JsonObject metadata)
    {
        var kind = SalesforceJson.Text(metadata["type"]) ?? "";
        if (!Types.TryGetValue(kind, out var type))
        {
            throw Refuse($"Cannot deserialize instance of type FieldType from '{kind}'");
        }

        var length = Number(metadata["length"]) ?? (kind == "TextArea" ? 255 : 0);
        if ((kind == "Text" && length is < 1 or > 255) || (kind == "LongTextArea" && length is < 256 or > 131_072))
        {
            throw Refuse($"Invalid length for {kind}: {length}");
        }

        if (kind == "LongTextArea" && Number(metadata["visibleLines"]) is null)
        {
            throw Refuse("Must specify 'visibleLines' for a CustomField of type LongTextArea");
        }

        if (kind == "Number" && (Number(metadata["precision"]) is null || Number(metadata["scale"]) is null))
        {
            throw Refuse("Must specify 'precision' and 'scale' for a CustomField of type Number");
        }

        return new FieldDefinition
        {
            Name = name,
            Label = SalesforceJson.Text(metadata["label"]) ?? throw Refuse("Must specify a non-empty label for the CustomField"),
            Type = type,
            Length = type == "picklist" ? 255 : (int)length,
            IsCreatable = true,
            IsUpdateable = true,
            IsNillable = type != "boolean" && !SalesforceJson.Flag(metadata["required"]),
            IsDefaulted = type is "boolean" or "picklist",
            IsFilterable = kind != "LongTextArea",
            IsCustom = true,
            NeedsGrant = !SalesforceJson.Flag(metadata["required"]),
            IsExternalId = SalesforceJson.Flag(metadata["externalId"]),
            IsUnique = SalesforceJson.Flag(metadata["unique"]),
            IsTracked = SalesforceJson.Flag(metadata["trackHistory"]),
            IsRestricted = SalesforceJson.Flag(metadata["valueSet"]?["restricted"]),
            Values = Values(metadata),
        };
    }

    public static JsonObject Write(FieldDefinition field)
    {
        var metadata = new JsonObject
        {
            ["label"] = field.Label,
            ["type"] = field is { Type: "textarea", IsFilterable: false } ? "LongTextArea" : Types.First(pair => pair.Value == field.Type).Key,
            ["length"] = field.Length == 0 ? null : field.Length,
            ["externalId"] = field.IsExternalId,
            ["unique"] = field.IsUnique,
            ["trackHistory"] = field.IsTracked,
            ["required"] = false,
        };
        if (field.Type == "picklist")
        {
            metadata["valueSet"] = new JsonObject
            {
                ["restricted"] = field.IsRestricted,
                ["valueSetDefinition"] = new JsonObject
                {
                    ["sorted"] = false,
                    ["value"] = new JsonArray([.. field.Values.Select(value => (JsonNode)new JsonObject
                    {
                        ["valueName"] = value.Value, ["label"] = value.Label, ["default"] = value.IsDefault, ["isActive"] = value.IsActive,
                    })]),
                },
            };
        }

        return metadata;
    }

    /// <summary>A value goes by <c>valueName</c> in the tooling API and by <c>fullName</c> in the metadata API.</summary>
    private static IReadOnlyList<PicklistValue> Values(JsonObject metadata) => metadata["valueSet"]?["valueSetDefinition"]?["value"] is JsonArray values
        ? [.. values.OfType<JsonObject>().Select(value =>
        {
            var name = SalesforceJson.Text(value["valueName"] ?? value["fullName"]) ?? throw Refuse("Must specify the name of each value");
            return new PicklistValue(name, SalesforceJson.Text(value["label"]) ?? name, SalesforceJson.Flag(value["default"]), value["isActive"] is null
                || SalesforceJson.Flag(value["isActive"]));
        })]
        : [];

    private static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    private static SalesforceRefusal Refuse(string message) => SalesforceRefusal.Row("FIELD_INTEGRITY_EXCEPTION", message);
}
