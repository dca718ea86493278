using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>Which objects and fields the connected user may see and change: a hidden one is as good as misspelt.</summary>
internal static class FieldAccess
{
    /// <summary>The object of this name if the connected user may see it.</summary>
    public static RecordTable? Table(Org org, string name) =>
        org.Switches.HiddenObjects.Contains(name, StringComparer.OrdinalIgnoreCase) ? null : org.FindTable(name);

    public static bool MaySee(Org org, SObjectSchema schema, FieldDefinition field) =>
        !IsHidden(org, schema, field) && (!field.NeedsGrant || !org.Switches.NewFieldsHidden || IsGranted(org, schema, field, "PermissionsRead"));

    public static bool MayChange(Org org, SObjectSchema schema, FieldDefinition field) =>
        !IsHidden(org, schema, field) && (!field.NeedsGrant || !org.Switches.NewFieldsHidden || IsGranted(org, schema, field, "PermissionsEdit"));

    /// <summary>The field of this name if the connected user may see it.</summary>
    public static FieldDefinition? Find(Org org, SObjectSchema schema, string name) =>
        schema.Find(name) is { } field && MaySee(org, schema, field) ? field : null;

    private static bool IsHidden(Org org, SObjectSchema schema, FieldDefinition field) =>
        org.Switches.HiddenFields.Any(hidden => string.Equals(hidden, $"{schema.Name}.{field.Name}", StringComparison.OrdinalIgnoreCase));

    private static bool IsGranted(Org org, SObjectSchema schema, FieldDefinition field, string right)
    {
        var name = $"{schema.Name}.{field.Name}";
        var held = org.Table("PermissionSetAssignment").All.Where(row => !row.IsDeleted && row.Text("AssigneeId") == org.ApiUser.Id)
            .Select(row => row.Text("PermissionSetId")).ToHashSet();
        return org.Table("FieldPermissions").All.Any(row => !row.IsDeleted && row.Flag(right) && held.Contains(row.Text("ParentId"))
            && string.Equals(row.Text("Field"), name, StringComparison.OrdinalIgnoreCase));
    }
}
