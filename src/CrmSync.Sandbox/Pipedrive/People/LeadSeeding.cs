using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Pipedrive.Store;

namespace CrmSync.Sandbox.Pipedrive.People;

/// <summary>Puts the people of a scenario into an account as leads with a person each, with what they have done so far and what they will do.</summary>
internal sealed class LeadSeeding(PipedriveCompany company, DueActions later, Action<DateTimeOffset, string, IReadOnlyList<Effect>> log)
{
    /// <summary>Throws on the first lead that cannot be added, before any of them is.</summary>
    public void Check(IReadOnlyList<LeadSpec> leads)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var lead in leads)
        {
            if (company.Keys.IsKnown(lead.Key) || !seen.Add(lead.Key))
            {
                throw new SandboxRequestException($"The key '{lead.Key}' is taken.");
            }

            Values(lead);
            lead.Engagement.ToList().ForEach(engagement => EngagementWords.Check(engagement.Kind));
        }
    }

    public Item Add(LeadSpec lead, DateTimeOffset now)
    {
        var context = new CompanyWrite(CompanyActor.Import(company.Automation), now) { CorrelationId = company.NextUuid("import") };
        var (organization, person) = PersonSeeding.Add(company, lead, context);
        var values = Values(lead);
        (values["person_id"], values["organization_id"]) = (person.Number, organization?.Number);
        var record = ItemWriter.Create(company, EntityKind.Lead, values.Where(pair => pair.Value is not null).ToDictionary(StringComparer.Ordinal), context);
        company.Keys.Add(lead.Key, record.Id);
        foreach (var engagement in lead.Engagement.OrderBy(engagement => engagement.At ?? now))
        {
            Engage(lead.Key, record, engagement, context);
        }

        // The log of a hundred thousand leads would outweigh the leads; what else they are is in the state.
        context.Effects.RemoveAll(effect => effect.ObjectName != "leads" || effect.Field is not "id" and not CompanyFurniture.Lifecycle);
        log(now, "leads", context.Effects);
        return record;
    }

    private void Engage(string key, Item record, EngagementSpec engagement, CompanyWrite context)
    {
        var act = new ActRequest { Crm = "pipedrive", Key = key, Act = "submit-form" };
        if (engagement.At is not { } at || at <= context.At)
        {
            CompanyEngagements.Apply(new Scene(company, act, record, context), engagement, engagement.At ?? context.At);
            return;
        }

        later.Add(at.ToUniversalTime(), due =>
        {
            if (LeadRecords.Current(company, record.Id) is { } current)
            {
                var then = new CompanyWrite(CompanyActor.Visitor(company.Automation), due) { CorrelationId = company.NextUuid("visit") };
                CompanyEngagements.Apply(new Scene(company, act, current, then), engagement, due);
                log(due, engagement.Kind, then.Effects);
            }
        });
    }

    private Dictionary<string, object?> Values(LeadSpec lead)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["title"] = lead.Name ?? lead.Email ?? lead.Key,
            ["owner_id"] = lead.Owner is { } owner ? company.User(owner).Id : null,
        };
        if (lead.Stage is not null || company.Fields.Custom(EntityKind.Deal).Any(field => field.Name == CompanyFurniture.Lifecycle))
        {
            values[LeadWords.Lifecycle(company).Code] = LeadWords.StageOf(company, lead.Stage ?? "Lead");
        }

        foreach (var (name, answer) in new[] { ("BANT budget", lead.Bant?.Budget), ("BANT authority", lead.Bant?.Authority), ("BANT need", lead.Bant?.Need), ("BANT timeline", lead.Bant?.Timeline) })
        {
            Set(values, name, LeadWords.Bant(answer));
        }

        foreach (var (name, text) in lead.Fields)
        {
            Set(values, name, text);
        }

        return values;
    }

    private void Set(Dictionary<string, object?> values, string name, string? text)
    {
        if (text is not null)
        {
            var field = ProductFields.Find(company.Fields.All(EntityKind.Lead), name) ?? throw new SandboxRequestException($"Leads have no field '{name}'.");
            values[field.Code] = LeadWords.Value(field, text);
        }
    }
}
