using System.Globalization;
using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>The fields API of v2.</summary>
internal static class FieldEndpoints
{
    private const int LongestName = 255;

    private static readonly string[] Types =
        ["varchar", "text", "double", "phone", "date", "daterange", "time", "timerange", "set", "enum", "varchar_auto", "address", "monetary", "org", "people", "user"];

    private static readonly string[] Writable = ["field_name", "description", "ui_visibility", "important_fields", "required_fields"];

    public static Func<PipedriveCall, PipedriveReply> List(EntityKind kind) => call =>
    {
        List<FieldDefinition> all = [.. call.Company.Fields.All(kind).Where(field => !field.IsHidden)];
        var start = call.Request.Parameter("cursor") is { Length: > 0 } text
            ? int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Refusal.Schema("cursor: Parameter 'cursor' is invalid")
            : 0;
        var limit = call.Limit();
        var next = start + limit < all.Count ? (start + limit).ToString(CultureInfo.InvariantCulture) : null;
        return Replies.Page(new JsonArray([.. all.Skip(start).Take(limit).Select(field => FieldJson.Of(kind, field))]), next);
    };

    public static Func<PipedriveCall, PipedriveReply> Get(EntityKind kind) => call => Replies.Data(FieldJson.Of(kind, Find(call, kind)));

    public static Func<PipedriveCall, PipedriveReply> Create(EntityKind kind) => call =>
    {
        RequireAdmin(call);
        var body = call.Body;
        if (body.FirstOrDefault(pair => !IsWritable(kind, pair.Key) && pair.Key is not "field_type" and not "options").Key is { } stranger)
        {
            throw Refusal.NotAllowed(stranger);
        }

        var check = new ValueCheck(call.Company, isLenient: false);
        var name = Name(body["field_name"], "field_name", check);
        var type = check.Text(body["field_type"] ?? throw Refusal.Schema("field_type: Parameter 'field_type' is required"), "field_type", LongestName);
        if (!Types.Contains(type))
        {
            throw Refusal.Schema($"field_type: '{type}' is not supported");
        }

        var labels = (body["options"] as JsonArray ?? []).Select(option => Label(option, check)).ToList();
        if ((type is "enum" or "set") != (labels.Count > 0))
        {
            throw Refusal.Schema("options: Parameter 'options' is required for enum and set, and for these alone");
        }

        var made = EntityKind.All.Where(known => known.FieldsOf == known.Name && known.HasCustomFields).Sum(known => call.Company.Fields.Custom(known).Count);
        if (call.Switches.CustomFieldLimit is > 0 and var limit && made >= limit)
        {
            throw Refusal.Generic(403, "You have reached the limit of custom fields of your plan", code: "feature_capping_custom_fields_limit");
        }

        return Replies.Data(FieldJson.Of(kind, call.Company.Fields.Add(kind, name, type, labels, body["description"]?.GetValue<string>(), call.Request.Now)));
    };

    public static Func<PipedriveCall, PipedriveReply> Update(EntityKind kind) => call =>
    {
        RequireAdmin(call);
        var field = Custom(call, kind);
        if (call.Body.FirstOrDefault(pair => !IsWritable(kind, pair.Key)).Key is { } stranger)
        {
            throw Refusal.NotAllowed(stranger);
        }

        var body = call.Body;
        var changed = field with
        {
            Name = body.ContainsKey("field_name") ? Name(body["field_name"], "field_name", new ValueCheck(call.Company, isLenient: false)) : field.Name,
            Description = body.ContainsKey("description") ? body["description"]?.GetValue<string>() : field.Description,
        };
        call.Company.Fields.Replace(kind, changed);
        return Replies.Data(FieldJson.Of(kind, changed));
    };

    public static Func<PipedriveCall, PipedriveReply> Delete(EntityKind kind) => call =>
    {
        RequireAdmin(call);
        var field = Custom(call, kind);
        call.Company.Fields.Remove(kind, field.Code);
        return Replies.Data(FieldJson.Of(kind, field));
    };

    public static FieldDefinition Custom(PipedriveCall call, EntityKind kind) =>
        Find(call, kind) is { IsCustom: true } field ? field : throw Refusal.Generic(403, "Built-in fields cannot be changed");

    public static void RequireAdmin(PipedriveCall call)
    {
        if (!call.Switches.FieldAdmin)
        {
            throw Refusal.Generic(403, "You do not have permissions to do this");
        }
    }

    public static string Label(JsonNode? option, ValueCheck check) => option is JsonObject { Count: 1 } parts
        ? Name(parts["label"], "options.label", check) : throw Refusal.Schema("options: items take only 'label'");

    public static string Name(JsonNode? node, string path, ValueCheck check) =>
        node is not null && check.Text(node, path, LongestName) is { Length: > 0 } name ? name : throw Refusal.Schema($"{path}: must have 1 to {LongestName} characters");

    private static bool IsWritable(EntityKind kind, string key) => Writable.Contains(key) && (key != "description" || kind == EntityKind.Deal);

    private static FieldDefinition Find(PipedriveCall call, EntityKind kind) => call.Company.Fields.Find(kind, call.Parts[0])
        ?? throw new Refusal(404, new JsonObject { ["success"] = false, ["error"] = "Field not found", ["code"] = "ERR_NOT_FOUND" }, "field");
}
