using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>Fields as the two versions of the API tell them.</summary>
internal static class FieldJson
{
    public static JsonNode Of(FieldDefinition field) => new JsonObject
    {
        ["field_name"] = field.Name,
        ["field_code"] = field.Code,
        ["description"] = field.Description ?? "",
        ["field_type"] = field.FieldType,
        ["options"] = field.HasOptions ? new JsonArray([.. field.Options.Select(OptionOf)]) : null,
        ["subfields"] = Subfields(field),
        ["is_custom_field"] = field.IsCustom,
        ["is_optional_response_field"] = field.IsOptional,
    };

    public static JsonNode OptionOf(FieldOption option) => new JsonObject
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
