using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>The rows of an object's history: who changed which tracked field, and from what to what.</summary>
internal static class HistoryRows
{
    public static void Add(Org org, OrgRow record, object?[] old, IReadOnlyList<FieldDefinition> changed, Transaction context)
    {
        if (record.Type.Name is "Lead" or "Contact")
        {
            foreach (var field in changed.Where(field => IsTracked(org, record.Type, field)))
            {
                Add(org, record, field, FieldValues.ToText(FieldValues.Get(old, field)), FieldValues.ToText(record[field]), context);
            }
        }
        else if (record.Type.Name == "Opportunity" && changed.Any(field => field.Name is "StageName" or "Amount" or "CloseDate" or "Probability"))
        {
            AddStage(org, record, context);
        }
    }

    public static void AddStage(Org org, OrgRow opportunity, Transaction context) => Row(org, "OpportunityHistory", context,
    [
        ("OpportunityId", opportunity.Id), ("StageName", opportunity["StageName"]), ("Amount", opportunity["Amount"]), ("CloseDate", opportunity["CloseDate"]),
        ("Probability", opportunity["Probability"]),
    ]);

    /// <summary>A long text is tracked without its values.</summary>
    private static void Add(Org org, OrgRow record, FieldDefinition field, string? before, string? after, Transaction context)
    {
        var isLong = field.Length > 255;
        Row(org, record.Type.Name + "History", context,
        [
            (record.Type.Name + "Id", record.Id), ("Field", field.Name.EndsWith("Id", StringComparison.Ordinal) && !field.IsCustom ? field.Name[..^2] : field.Name),
            ("DataType", field.Type == "reference" ? "EntityId" : "Text"), ("OldValue", isLong ? null : before), ("NewValue", isLong ? null : after),
        ]);
    }

    private static void Row(Org org, string type, Transaction context, IReadOnlyList<(string, object?)> values)
    {
        var row = org.Table(type).Place(org.Automation.Id, context.CommitAt, values);
        row.State.Values[SystemFields.CreatedDate] = row.State.Values[SystemFields.SystemModstamp] = row.State.Values[SystemFields.LastModifiedDate] = context.Stamp;
        row.State.Values[SystemFields.CreatedById] = row.State.Values[SystemFields.LastModifiedById] = context.Actor.UserId;
    }

    private static bool IsTracked(Org org, SObjectSchema schema, FieldDefinition field) =>
        field.IsTracked || org.Switches.TrackedFields.Contains($"{schema.Name}.{field.Name}", StringComparer.OrdinalIgnoreCase);
}
