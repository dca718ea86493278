using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>Fields that admins add. Those of <c>Activity</c> show on tasks and events both.</summary>
internal static class CustomFields
{
    private const string Activity = "Activity";

    /// <summary>The objects that a name in a field's full name stands for; none for an object that is not there.</summary>
    public static IReadOnlyList<SObjectSchema> Owners(Org org, string name) => string.Equals(name, Activity, StringComparison.OrdinalIgnoreCase)
        ? [org.Table("Task").Schema, org.Table("Event").Schema]
        : org.FindTable(name) is { Schema: { IsReadOnly: false } schema } && schema.Name is not ("Task" or "Event") ? [schema] : [];

    /// <summary>Adds a field and answers the id of its definition.</summary>
    public static string Add(Org org, string owner, FieldDefinition field, DateTimeOffset now)
    {
        var row = org.Table("CustomField").Place(org.Automation.Id, now,
        [
            ("DeveloperName", field.Name[..^"__c".Length]), ("TableEnumOrId", owner), ("FullName", $"{owner}.{field.Name}"),
        ]);
        foreach (var schema in Owners(org, owner))
        {
            schema.Add(field with { DurableId = row.Id });
        }

        return row.Id;
    }

    /// <summary>The definition with this id, and the objects that have it.</summary>
    public static IReadOnlyList<(SObjectSchema Schema, FieldDefinition Field)> Find(Org org, string id) =>
        [.. org.Schemas.SelectMany(schema => schema.Fields.Where(field => field.DurableId == id).Select(field => (schema, field)))];

    /// <summary>Gives the fields that the org came with a definition, too.</summary>
    public static void Register(Org org, DateTimeOffset now)
    {
        foreach (var schema in org.Schemas)
        {
            foreach (var field in schema.Fields.Where(field => field.IsCustom).ToList())
            {
                var row = org.Table("CustomField").Place(org.Automation.Id, now,
                    [("DeveloperName", field.Name[..^"__c".Length]), ("TableEnumOrId", schema.Name), ("FullName", $"{schema.Name}.{field.Name}")]);
                schema.Replace(field with { DurableId = row.Id });
            }
        }
    }
}
