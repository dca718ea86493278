using CrmSync.Sandbox.Salesforce.Schema;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.Api;

/// <summary>What an admin's validation rules, and the statuses of leads, say to a write.</summary>
internal static class RowRules
{
    public static void Check(Org org, SObjectSchema schema, Dictionary<string, object?> values, OrgRow? record)
    {
        foreach (var rule in org.Switches.ValidationRules.Where(rule => string.Equals(rule.Type, schema.Name, StringComparison.OrdinalIgnoreCase)))
        {
            if (schema.Find(rule.Field) is { } field && values.TryGetValue(field.Name, out var value) && Fires(rule, schema, values, record, FieldValues.ToText(value)))
            {
                throw SalesforceRefusal.Row("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.Message, field.Name);
            }
        }

        if (schema.Name == "Lead" && !org.Switches.ConvertedStatusWritable && values.GetValueOrDefault("Status") is string status
            && org.Table("LeadStatus").All.Any(row => row.Text("ApiName") == status && row.Flag("IsConverted")))
        {
            throw SalesforceRefusal.Row("INVALID_STATUS", "invalid convertedStatus: " + status, "Status");
        }
    }

    private static bool Fires(ValidationRule rule, SObjectSchema schema, Dictionary<string, object?> values, OrgRow? record, string? value)
    {
        if (rule.Value is { } wanted && !string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return rule.Needs is not { } needed || schema.Find(needed) is not { } other
            || FieldValues.ToText(values.TryGetValue(other.Name, out var given) ? given : record?[other]) is null or "";
    }
}
