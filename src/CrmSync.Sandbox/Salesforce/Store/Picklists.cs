using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>The values that a picklist has at this moment.</summary>
internal static class Picklists
{
    public static IReadOnlyList<PicklistValue> Of(Org org, SObjectSchema schema, FieldDefinition field) =>
        [.. field.Values.Select(value => value with { IsActive = value.IsActive && !IsTakenAway(org, schema, field, value.Value) })];

    public static bool IsRestricted(Org org, SObjectSchema schema, FieldDefinition field) =>
        field.IsRestricted || org.Switches.RestrictedPicklists.Contains($"{schema.Name}.{field.Name}", StringComparer.OrdinalIgnoreCase);

    /// <summary>The value in the spelling that the picklist has; null when it has none like it.</summary>
    public static string? Match(Org org, SObjectSchema schema, FieldDefinition field, string value) =>
        Of(org, schema, field).FirstOrDefault(known => known.IsActive && string.Equals(known.Value, value, StringComparison.OrdinalIgnoreCase))?.Value;

    private static bool IsTakenAway(Org org, SObjectSchema schema, FieldDefinition field, string value) =>
        org.Switches.DeletedPicklistValues.Contains($"{schema.Name}.{field.Name}={value}", StringComparer.OrdinalIgnoreCase);
}
