using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox.Salesforce.Store;

/// <summary>What happened to a record, in the words of change events.</summary>
internal enum RowChangeKind
{
    Create,
    Update,
    Delete,
    Undelete,
}

/// <summary>One change of one record within a transaction.</summary>
internal sealed record RowChange(RowChangeKind Kind, OrgRow Record, IReadOnlyList<FieldDefinition> Fields, Transaction Context);
