using System.Text.Json.Nodes;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Api;

/// <summary>The values that a write asks for.</summary>
internal static class WriteBody
{
    /// <summary>The body of a v2 write: own keys at the top, the customer's in <c>custom_fields</c>, and nothing else.</summary>
    public static Dictionary<string, object?> Strict(PipedriveCall call, EntityKind kind, bool isNew, params ReadOnlySpan<string> alsoAllowed)
    {
        var check = new ValueCheck(call.Company, isLenient: false);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        var strangers = new List<string>();
        foreach (var (key, value) in call.Body)
        {
            if (key == "custom_fields" && kind.HasCustomFields)
            {
                Custom(call, kind, value, check, values);
            }
            else if (call.Company.Fields.BuiltIn(kind).FirstOrDefault(field => field.Code == key) is { } field && (IsWritable(field, isNew) || alsoAllowed.Contains(key)))
            {
                CheckContactSync(call, field);
                values[key] = check.Read(call.Company.Fields.Find(kind, key)!, value, key);
            }
            else
            {
                strangers.Add(key);
            }
        }

        return strangers.Count == 0 ? values
            : throw Refusal.Schema(string.Join("; ", strangers.Select(key => $"{key}: Parameter '{key}' is not allowed for this request")));
    }

    /// <summary>The body of a write to a lead: all keys at the top.</summary>
    public static Dictionary<string, object?> Lead(PipedriveCall call, bool isNew)
    {
        var check = new ValueCheck(call.Company, isLenient: true);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in call.Body)
        {
            var field = call.Company.Fields.Find(EntityKind.Lead, key);
            if (field is not null && IsWritable(field, isNew))
            {
                values[key] = check.Read(field, value, key);
            }
            else if (call.Switches.LeadUnknownKeysRefused)
            {
                throw Refusal.Generic(400, $"\"{key}\" is not allowed");
            }
        }

        return values;
    }

    private static void Custom(PipedriveCall call, EntityKind kind, JsonNode? value, ValueCheck check, Dictionary<string, object?> values)
    {
        foreach (var (code, custom) in value as JsonObject ?? throw Refusal.Schema("custom_fields: must be an object"))
        {
            if (code == "custom_fields")
            {
                throw Refusal.Unknown();
            }

            var field = call.Company.Fields.FindCustom(kind, code) ?? throw Refusal.NotAllowed("custom_fields." + code);
            values[code] = check.Read(field, custom, "custom_fields." + code);
        }
    }

    private static bool IsWritable(FieldDefinition field, bool isNew) => isNew ? field.IsCreatable : field.IsUpdatable;

    private static void CheckContactSync(PipedriveCall call, FieldDefinition field)
    {
        if (field.NeedsContactSync && !call.Switches.ContactSync)
        {
            throw Refusal.Generic(403, $"{field.Code} can be used only with contact sync");
        }
    }
}
