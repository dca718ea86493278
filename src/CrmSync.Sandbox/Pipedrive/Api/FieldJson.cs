using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Fields as the two versions of the API tell them.</summary>
internal static class FieldJson
{
    /// <summary>Only fields of deals have a description.</summary>
    public static JsonNode Of(EntityKind kind, FieldDefinition field)
    {
        var json = new JsonObject { ["field_name"] = field.Name, ["field_code"] = field.Code };
        if (kind == EntityKind.Deal)
        {
            json["description"] = field.Description ?? "";
        }

        json["field_type"] = field.FieldType;
        json["options"] = field.HasOptions ? new JsonArray([.. field.Options.Select(OptionOf)]) : null;
        json["subfields"] = Subfields(field);
        json["is_custom_field"] = field.IsCustom;
        json["is_optional_response_field"] = field.IsOptional;
        return json;
    }

    private static JsonNode OptionOf(FieldOption option) => new JsonObject
    {
        ["id"] = option.Id,
        ["label"] = option.Label,
        ["color"] = null,
        ["add_time"] = PipedriveTimes.Seconds(option.AddTime),
        ["update_time"] = PipedriveTimes.Seconds(option.AddTime),
    };

    /// <summary>The older form, with the page at the end.</summary>
    public static JsonNode Old(FieldDefinition field, int number) => new JsonObject
    {
        ["id"] = number,
        ["key"] = field.Code,
        ["name"] = field.Name,
        ["order_nr"] = number,
        ["field_type"] = field.FieldType,
        ["add_time"] = PipedriveTimes.Plain(field.AddTime),
        ["update_time"] = PipedriveTimes.Plain(field.AddTime),
        ["active_flag"] = true,
        ["edit_flag"] = field.IsCustom,
        ["options"] = field.HasOptions ? new JsonArray([.. field.Options.Select(option => (JsonNode)new JsonObject { ["id"] = option.Id, ["label"] = option.Label })]) : null,
        ["mandatory_flag"] = field.Code == "title",
    };

    private static JsonArray? Subfields(FieldDefinition field) => field.FieldType switch
    {
        "monetary" => [Part("currency", "varchar")],
        "address" => [Part("country", "varchar"), Part("locality", "varchar")],
        _ => null,
    };

    private static JsonObject Part(string code, string type) => new() { ["field_code"] = code, ["field_name"] = code, ["field_type"] = type };
}
