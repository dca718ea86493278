using System.Text.Json.Nodes;
using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Api;

/// <summary>Property definitions on the wire.</summary>
internal static class PropertyJson
{
    /// <summary>Which field types go with which type; wrong pairs are refused.</summary>
    private static readonly Dictionary<string, string[]> FieldTypes = new()
    {
        ["bool"] = ["booleancheckbox", "calculation_equation"],
        ["date"] = ["date"],
        ["datetime"] = ["date"],
        ["enumeration"] = ["select", "radio", "checkbox", "booleancheckbox", "calculation_equation"],
        ["number"] = ["number", "calculation_equation"],
        ["phone_number"] = ["phonenumber"],
        ["string"] = ["text", "textarea", "html", "file", "phonenumber", "calculation_equation"],
    };

    public static PropertyDefinition Read(JsonObject input, DateTimeOffset now)
    {
        string Required(string name) => HubSpotJson.Text(input[name]) is { Length: > 0 } text
            ? text
            : throw HubSpotRefusal.Validation($"Invalid input JSON: some required fields were not set: [{name}]");

        var (type, fieldType) = (Required("type"), Required("fieldType"));
        if (!FieldTypes.TryGetValue(type, out var allowed) || !allowed.Contains(fieldType))
        {
            throw HubSpotRefusal.Validation($"Property type {type} and field type {fieldType} do not go together");
        }

        return new PropertyDefinition
        {
            Name = Required("name"),
            Label = Required("label"),
            GroupName = Required("groupName"),
            Type = type,
            FieldType = fieldType,
            Description = HubSpotJson.Text(input["description"]) ?? "",
            Options = type is "enumeration" or "bool" ? ReadOptions(input["options"]) : [],
            HasUniqueValue = HubSpotJson.Text(input["hasUniqueValue"]) == "true",
            IsHidden = HubSpotJson.Text(input["hidden"]) == "true",
            FormField = HubSpotJson.Text(input["formField"]) == "true",
            DisplayOrder = int.TryParse(HubSpotJson.Text(input["displayOrder"]), out var order) ? order : -1,
            CreatedAt = now,
        };
    }

    public static IReadOnlyList<PropertyOption> ReadOptions(JsonNode? node)
    {
        var options = (node as JsonArray ?? []).OfType<JsonObject>().Select((option, place) => new PropertyOption(
            HubSpotJson.Text(option["value"]) ?? throw HubSpotRefusal.Validation("Every option needs a value"),
            HubSpotJson.Text(option["label"]) ?? throw HubSpotRefusal.Validation("Every option needs a label"),
            int.TryParse(HubSpotJson.Text(option["displayOrder"]), out var order) && order >= 0 ? order : place,
            HubSpotJson.Text(option["hidden"]) == "true",
            HubSpotJson.Text(option["description"]) ?? "")).ToList();
        if (options.DistinctBy(option => option.Value).Count() != options.Count || options.DistinctBy(option => option.Label).Count() != options.Count)
        {
            throw HubSpotRefusal.Validation("Property option values and labels must be unique");
        }

        return [.. options.OrderBy(option => option.DisplayOrder)];
    }

    public static JsonObject Write(PropertyDefinition property)
    {
        var body = new JsonObject
        {
            ["name"] = property.Name,
            ["label"] = property.Label,
            ["type"] = property.Type,
            ["fieldType"] = property.FieldType,
            ["description"] = property.Description,
            ["groupName"] = property.GroupName,
            ["options"] = new JsonArray([.. property.Options.Select(option => (JsonNode)Write(option))]),
            ["displayOrder"] = property.DisplayOrder,
            ["calculated"] = property.IsCalculated,
            ["externalOptions"] = property.HasExternalOptions,
            ["archived"] = property.IsArchived,
            ["hasUniqueValue"] = property.HasUniqueValue,
            ["hidden"] = property.IsHidden,
            ["hubspotDefined"] = property.IsHubSpotDefined,
            ["modificationMetadata"] = new JsonObject
            {
                ["archivable"] = !property.IsHubSpotDefined,
                ["readOnlyDefinition"] = property.IsHubSpotDefined && (property.HasExternalOptions || property.IsReadOnly),
                ["readOnlyOptions"] = property.IsHubSpotDefined && property.HasExternalOptions,
                ["readOnlyValue"] = property.IsReadOnly,
            },
            ["formField"] = property.FormField,
        };
        if (property.CreatedAt is { } created)
        {
            body["createdAt"] = Instants.Format(created);
            body["updatedAt"] = Instants.Format(created);
        }

        return body;
    }

    private static JsonObject Write(PropertyOption option) => new()
    {
        ["label"] = option.Label,
        ["value"] = option.Value,
        ["description"] = option.Description,
        ["displayOrder"] = option.DisplayOrder,
        ["hidden"] = option.Hidden,
    };
}
