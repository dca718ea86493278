using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.People;

/// <summary>Who does what to whom, and where it is written down.</summary>
/// <param name="Lead">The lead, converted or not.</param>
internal sealed record OrgScene(Org Org, ActRequest Act, OrgRow Lead, Transaction Context)
{
    /// <summary>The record that people work on: a converted lead is frozen, so its contact.</summary>
    public OrgRow Person => PersonRecords.Contact(Org, Lead) ?? Lead;

    public void Write(OrgRow record, string field, object? value) =>
        RowWriter.Update(Org, record, new Dictionary<string, object?> { [field] = value }, Context);
}
