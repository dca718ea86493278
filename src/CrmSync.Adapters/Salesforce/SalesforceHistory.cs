using CrmSync.Adapters.Salesforce.Soql;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// What the history rows of one record tell, oldest first. Only fields that an admin has tracked leave rows, so that a field
/// without any says nothing of whether it changed.
/// </summary>
internal sealed class SalesforceHistory(IEnumerable<SalesforceRecord> rows, string? ourUser)
{
    private readonly List<SalesforceRecord> _rows =
        [.. rows.OrderBy(r => SalesforceStreams.Instant(r["CreatedDate"])).ThenBy(r => r["Id"], StringComparer.Ordinal)];

    public static SalesforceHistory None { get; } = new([], null);

    public static SoqlQuery Query(bool isContact, IEnumerable<string> ids, string stageField)
    {
        var (type, parent) = isContact ? ("ContactHistory", "ContactId") : ("LeadHistory", "LeadId");
        string[] fields = [stageField, .. SalesforceFieldNames.GuardFields];
        return SoqlQuery.Of(type, ["Id", parent, "Field", "OldValue", "NewValue", "CreatedDate", "CreatedById", "CreatedBy.UserType"]) with
        {
            Where = SoqlCondition.All(SoqlCondition.In(parent, ids), SoqlCondition.In("Field", fields)),
            OrderBy = ["CreatedDate", "Id"],
        };
    }

    /// <summary>The values of a field. What it held before the first row counts from the record's creation.</summary>
    public IReadOnlyList<FieldChange> Of(string field, DateTimeOffset? created)
    {
        var changes = new List<FieldChange>();
        foreach (var row in _rows.Where(r => string.Equals(r["Field"], field, StringComparison.OrdinalIgnoreCase)))
        {
            if (SalesforceStreams.Instant(row["CreatedDate"]) is not { } at)
                continue;
            if (changes.Count == 0 && row["OldValue"] is { } before && created is { } since)
                changes.Add(new(before, since < at ? since : at, ChangeActor.Unknown));
            changes.Add(new(row["NewValue"], at, ActorOf(row)));
        }
        return changes;
    }

    /// <summary>When the value that stands was written; null where no row tells.</summary>
    public DateTimeOffset? Since(string field, string? value) => Of(field, null) is [.., var last] && last.Value == value ? last.At : null;

    private ChangeActor ActorOf(SalesforceRecord row) => row["CreatedById"] switch
    {
        null => ChangeActor.Unknown,
        var id when ourUser is not null && SalesforceId.Same(id, ourUser) => new(ChangeActorKind.Integration, id),
        _ when row["CreatedBy.UserType"] == SalesforceMachines.Flows => new(ChangeActorKind.Workflow),
        _ when row["CreatedBy.UserType"] == SalesforceMachines.Integrations => new(ChangeActorKind.Automation),
        var id => new(ChangeActorKind.Person, id),
    };
}
