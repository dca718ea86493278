using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.People;

/// <summary>Makes the person of a lead, and the organisation where they work.</summary>
internal static class PersonSeeding
{
    public static (Item? Organization, Item Person) Add(PipedriveCompany company, LeadSpec lead, CompanyWrite context)
    {
        var organization = lead.Company is { } spec ? Organization(company, spec, context) : null;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = lead.Name ?? lead.Email ?? lead.Key,
            ["emails"] = lead.Email is { } email ? FieldValues.Contacts(email.ToLowerInvariant()) : null,
            ["phones"] = lead.Phone is { } phone ? FieldValues.Contacts(phone) : null,
            ["job_title"] = lead.JobTitle,
            ["postal_address"] = (lead.Country ?? lead.Company?.Country) is { } country ? FieldValues.Address(country) : null,
            ["org_id"] = organization?.Number,
            ["owner_id"] = lead.Owner is { } owner ? company.User(owner).Id : null,
            ["marketing_status"] = lead.Consent switch { true => "subscribed", false => "unsubscribed", _ => "no_consent" },
        };
        return (organization, ItemWriter.Create(company, EntityKind.Person, Present(values), context));
    }

    private static Item Organization(PipedriveCompany company, CompanySpec spec, CompanyWrite context)
    {
        if (spec.Key is { } key && company.Keys.TryFindCompany(key, out var known))
        {
            return company.Table(EntityKind.Organization).Find(known)!;
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["name"] = spec.Name ?? spec.Key ?? spec.Domain ?? "Unnamed company",
            ["website"] = spec.Domain,
            ["industry"] = spec.Industry is { } industry ? company.Fields.OptionOf(EntityKind.Organization, "industry", LeadWords.Industry(industry), context.At) : null,
            ["employee_count"] = (long?)spec.Employees,
            ["address"] = spec.Country is { } country ? FieldValues.Address(country) : null,
            ["owner_id"] = spec.Owner is { } owner ? company.User(owner).Id : null,
        };
        var made = ItemWriter.Create(company, EntityKind.Organization, Present(values), context);
        if (spec.Key is not null)
        {
            company.Keys.AddCompany(spec.Key, made.Id);
        }

        return made;
    }

    private static Dictionary<string, object?> Present(Dictionary<string, object?> values) => values.Where(pair => pair.Value is not null).ToDictionary(StringComparer.Ordinal);
}
