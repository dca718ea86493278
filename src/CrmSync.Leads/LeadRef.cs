namespace CrmSync.Leads;

/// <summary>Names one lead's record in one connected CRM. Ids are opaque text: some exceed 2^53, some are not numbers.</summary>
public readonly record struct LeadRef(string Connection, string Id)
{
    /// <summary>The form used on the command line and in logs: <c>connection/id</c>.</summary>
    public override string ToString() => $"{Connection}/{Id}";
}
