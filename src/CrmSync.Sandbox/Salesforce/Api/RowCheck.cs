using System.Text.Json.Nodes;
using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>Reads the fields of a row that is to be written, and refuses what Salesforce would.</summary>
internal static class RowCheck
{
    private const string Security = "Please check the security settings of this field and verify that it is read/write for your profile or permission set.";

    /// <summary>The values by field name.</summary>
    public static Dictionary<string, object?> Read(Org org, SObjectSchema schema, JsonObject row, bool isNew)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, node) in row)
        {
            if (name == "attributes" || string.Equals(name, "Id", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var field = FieldAccess.Find(org, schema, name) ?? throw new SalesforceRefusal(400, "INVALID_FIELD", $"No such column '{name}' on sobject of type {schema.Name}");
            if (!(isNew ? field.IsCreatable : field.IsUpdateable) || !FieldAccess.MayChange(org, schema, field))
            {
                throw SalesforceRefusal.Row("INVALID_FIELD_FOR_INSERT_UPDATE", $"Unable to create/update fields: {field.Name}. {Security}", field.Name);
            }

            values[field.Name] = Checked(org, schema, field, RowValues.Read(field, node));
        }

        RequireAll(schema, values, isNew);
        return values;
    }

    private static object? Checked(Org org, SObjectSchema schema, FieldDefinition field, object? value)
    {
        switch (value)
        {
            case string text when field.IsText && field.Length > 0 && text.Length > field.Length:
                throw SalesforceRefusal.Row("STRING_TOO_LONG",
                    $"{field.Label}: data value too large: {text[..Math.Min(255, text.Length)]} (max length={field.Length})", field.Name);
            case string text when field.Type == "email" && !IsEmail(text):
                throw SalesforceRefusal.Row("INVALID_EMAIL_ADDRESS", $"{field.Label}: invalid email address: {text}", field.Name);
            case string text when field.Type == "picklist":
                return Option(org, schema, field, text);
            case string id when field.Type == "reference":
                Refer(org, field, id);
                break;
        }

        return value;
    }

    private static string Option(Org org, SObjectSchema schema, FieldDefinition field, string text)
    {
        if (Picklists.Match(org, schema, field, text) is { } known)
        {
            return known;
        }

        return Picklists.IsRestricted(org, schema, field) && text.Length > 0
            ? throw SalesforceRefusal.Row("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", $"{field.Label}: bad value for restricted picklist field: {text}", field.Name)
            : text;
    }

    private static void Refer(Org org, FieldDefinition field, string id)
    {
        if (org.TableOf(id, field.ReferenceTo) is not { } table)
        {
            throw SalesforceRefusal.Row("MALFORMED_ID", $"{field.Label}: id value of incorrect type: {id}", field.Name);
        }

        if (table.Find(id) is not { IsDeleted: false })
        {
            throw SalesforceRefusal.Row("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", field.Name);
        }

        if (field.Name == "OwnerId" && org.IsInactive(id))
        {
            throw SalesforceRefusal.Row("INACTIVE_OWNER_OR_USER", $"operation performed with inactive user [{id}] as owner of {field.Name}", field.Name);
        }
    }

    private static void RequireAll(SObjectSchema schema, Dictionary<string, object?> values, bool isNew)
    {
        var missing = schema.Fields
            .Where(field => field.IsRequired && (isNew || values.ContainsKey(field.Name)) && (values.GetValueOrDefault(field.Name) ?? "") is "")
            .Select(field => field.Name)
            .ToArray();
        if (missing.Length > 0)
        {
            throw SalesforceRefusal.Row("REQUIRED_FIELD_MISSING", $"Required fields are missing: [{string.Join(", ", missing)}]", missing);
        }
    }

    private static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return text.Length == 0 || (at > 0 && text.LastIndexOf('.') > at + 1 && !text.Any(char.IsWhiteSpace) && text[^1] != '.');
    }
}
