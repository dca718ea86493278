using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Salesforce.Store;

namespace CrmSync.Sandbox.Salesforce.People;

/// <summary>Puts the people of a scenario into an org, with what they have done so far and what they will do.</summary>
internal sealed class OrgSeeding(Org org, DueActions later, Action<DateTimeOffset, string, IReadOnlyList<Effect>> log)
{
    /// <summary>Throws on the first lead that cannot be added, before any of them is.</summary>
    public void Check(IReadOnlyList<LeadSpec> leads, DateTimeOffset now)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var lead in leads)
        {
            if (org.Keys.IsKnown(lead.Key) || !seen.Add(lead.Key))
            {
                throw new SandboxRequestException($"The key '{lead.Key}' is taken.");
            }

            Values(lead, now);
            lead.Engagement.ToList().ForEach(engagement => EngagementWords.Check(engagement.Kind));
        }
    }

    public OrgRow Add(LeadSpec lead, DateTimeOffset now)
    {
        var context = new Transaction(OrgActor.Import(org.Automation), now);
        var values = Values(lead, now);
        if (lead.Company is not null)
        {
            values["Matched_Account__c"] = Account(lead.Company, context);
        }

        var record = RowWriter.Create(org, "Lead", values, context);
        org.Keys.Add(lead.Key, record.Id);
        foreach (var engagement in lead.Engagement.OrderBy(engagement => engagement.At ?? now))
        {
            Engage(record, engagement, context);
        }

        // The log of a hundred thousand leads would outweigh the leads; what else they are is in the state.
        context.Effects.RemoveAll(effect => effect.ObjectName != "leads" || effect.Field is not "id" and not LeadWords.Stage);
        log(now, "leads", context.Effects);
        return record;
    }

    private void Engage(OrgRow lead, EngagementSpec engagement, Transaction context)
    {
        if (engagement.At is not { } at || at <= context.At)
        {
            CampaignResponses.Apply(org, lead, engagement, engagement.At ?? context.At, context);
            return;
        }

        later.Add(at.ToUniversalTime(), due =>
        {
            if (PersonRecords.Current(org, lead.Id) is { } person)
            {
                var then = new Transaction(OrgActor.Visitor(org.Automation), due);
                CampaignResponses.Apply(org, person, engagement, due, then);
                log(due, engagement.Kind, then.Effects);
            }
        });
    }

    private Dictionary<string, object?> Values(LeadSpec lead, DateTimeOffset now)
    {
        var names = (lead.Name ?? "").Split(' ', 2);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["Email"] = lead.Email?.ToLowerInvariant(),
            ["FirstName"] = names.Length > 1 ? names[0] : null,
            ["LastName"] = names.Length > 1 ? names[1] : names[0].Length > 0 ? names[0] : "Unknown",
            ["Title"] = lead.JobTitle,
            ["Phone"] = lead.Phone,
            ["Country"] = lead.Country ?? lead.Company?.Country,
            ["Company"] = lead.Company?.Name ?? lead.Company?.Key ?? "Not given",
            ["Industry"] = lead.Company?.Industry is { } industry ? LeadWords.Industry(industry) : null,
            ["NumberOfEmployees"] = (long?)lead.Company?.Employees,
            ["Website"] = lead.Company?.Domain,
            ["HasOptedOutOfEmail"] = lead.Consent == false,
            ["BANT_Budget__c"] = LeadWords.Bant(lead.Bant?.Budget),
            ["BANT_Authority__c"] = LeadWords.Bant(lead.Bant?.Authority),
            ["BANT_Need__c"] = LeadWords.Bant(lead.Bant?.Need),
            ["BANT_Timeline__c"] = LeadWords.Bant(lead.Bant?.Timeline),
            ["OwnerId"] = lead.Owner is { } owner ? org.User(owner, now).Id : null,
        };
        if (lead.Stage is not null)
        {
            values[LeadWords.Stage] = LeadWords.StageOf(org, lead.Stage);
        }

        foreach (var (name, value) in LeadWords.Values(org.Table("Lead").Schema, lead.Fields))
        {
            values[name] = value;
        }

        return values.Where(pair => pair.Value is not null).ToDictionary(StringComparer.Ordinal);
    }

    private string Account(CompanySpec company, Transaction context)
    {
        if (company.Key is { } key && org.Keys.TryFindCompany(key, out var known))
        {
            return known;
        }

        var values = new Dictionary<string, object?>
        {
            ["Name"] = company.Name ?? company.Key ?? company.Domain ?? "Unnamed company",
            ["Website"] = company.Domain,
            ["Industry"] = company.Industry is { } industry ? LeadWords.Industry(industry) : null,
            ["NumberOfEmployees"] = (long?)company.Employees,
            ["BillingCountry"] = company.Country,
            ["OwnerId"] = company.Owner is { } owner ? org.User(owner, context.At).Id : null,
        };
        var account = RowWriter.Create(org, "Account", values.Where(pair => pair.Value is not null).ToDictionary(), context);
        if (company.Key is not null)
        {
            org.Keys.AddCompany(company.Key, account.Id);
        }

        return account.Id;
    }
}
