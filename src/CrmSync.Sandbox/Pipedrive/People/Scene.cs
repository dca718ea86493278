using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.People;

/// <summary>Who does what to whom, and where it is written down.</summary>
/// <param name="Record">The lead, or the deal that it became.</param>
internal sealed record Scene(PipedriveCompany Company, ActRequest Act, Item Record, CompanyWrite Context)
{
    public Item? Person => Linked(EntityKind.Person, "person_id");

    public Item? Organization => Linked(EntityKind.Organization, Record.Kind == EntityKind.Lead ? "organization_id" : "org_id");

    public void Write(Item item, string field, object? value) => ItemWriter.Update(Company, item, new Dictionary<string, object?> { [field] = value }, Context);

    private Item? Linked(EntityKind kind, string field) => Record.Long(field) is { } id ? Company.Table(kind).Find(id) : null;
}
