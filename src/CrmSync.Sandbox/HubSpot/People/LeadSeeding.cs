using System.Globalization;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.HubSpot.Store;

namespace CrmSync.Sandbox.HubSpot.People;

/// <summary>Puts the people of a scenario into an account, with what they have done so far and what they will do.</summary>
internal sealed class LeadSeeding(Portal portal, LeadKeys keys, DueActions later, Action<DateTimeOffset, string, IReadOnlyList<Effect>> log)
{
    /// <summary>Throws on the first lead that cannot be added, before any of them is.</summary>
    public void Check(IReadOnlyList<LeadSpec> leads)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var lead in leads)
        {
            if (keys.IsKnown(lead.Key) || !seen.Add(lead.Key))
            {
                throw new SandboxRequestException($"The key '{lead.Key}' is taken.");
            }

            Values(lead);
            lead.Engagement.ToList().ForEach(engagement => EngagementWords.Check(engagement.Kind));
        }
    }

    public HubSpotRecord Add(LeadSpec lead, DateTimeOffset now)
    {
        var context = new WriteContext(ChangeSource.Import, now);
        var contact = RecordWriter.Create(portal, ObjectType.Contact, Values(lead), context);
        keys.Add(lead.Key, contact);
        if (lead.Company is not null)
        {
            Associations.Add(portal, contact, Company(lead.Company, context), [], context);
        }

        foreach (var engagement in lead.Engagement.OrderBy(engagement => engagement.At ?? now))
        {
            Engage(contact, engagement, context);
        }

        // The log of a hundred thousand leads would outweigh the leads; what else they are is in the state.
        context.Effects.RemoveAll(effect => effect.Field is not "id" and not LifecycleStages.Property);
        log(now, "leads", context.Effects);
        return contact;
    }

    private void Engage(HubSpotRecord contact, EngagementSpec engagement, WriteContext context)
    {
        if (engagement.At is not { } at || at <= context.At)
        {
            Engagements.Apply(portal, contact, engagement, context with { HistoryAt = engagement.At?.ToUniversalTime() });
            return;
        }

        later.Add(at.ToUniversalTime(), due =>
        {
            if (portal.Table(contact.Type).Resolve(contact.Id) is { State.IsArchived: false } record)
            {
                var then = new WriteContext(ChangeSource.Visitor, due);
                Engagements.Apply(portal, record, engagement, then);
                log(due, engagement.Kind, then.Effects);
            }
        });
    }

    private Dictionary<string, string> Values(LeadSpec lead)
    {
        var names = (lead.Name ?? "").Split(' ', 2);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["email"] = lead.Email?.ToLowerInvariant(),
            ["firstname"] = names[0],
            ["lastname"] = names.Length > 1 ? names[1] : null,
            ["jobtitle"] = lead.JobTitle,
            ["phone"] = lead.Phone,
            ["country"] = lead.Country ?? lead.Company?.Country,
            ["company"] = lead.Company?.Name ?? lead.Company?.Key,
            ["hs_email_optout"] = lead.Consent is { } consent ? consent ? "false" : "true" : null,
            ["bant_budget"] = Bant(lead.Bant?.Budget),
            ["bant_authority"] = Bant(lead.Bant?.Authority),
            ["bant_need"] = Bant(lead.Bant?.Need),
            ["bant_timeline"] = Bant(lead.Bant?.Timeline),
            [LifecycleStages.Property] = lead.Stage is null ? null : Stage(lead.Stage),
            ["hubspot_owner_id"] = OwnerId(lead.Owner),
        };
        foreach (var (name, value) in lead.Fields)
        {
            values[name] = value;
        }

        return values.Where(pair => !string.IsNullOrEmpty(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
    }

    private string? OwnerId(string? key) => key is null ? null : portal.Owner(key).Id.ToString(CultureInfo.InvariantCulture);

    private string Stage(string stage)
    {
        var definition = portal.Schema(ObjectType.Contact).Find(LifecycleStages.Property)!;
        return LifecycleStages.Resolve(stage, definition)
            ?? throw new SandboxRequestException($"Unknown stage '{stage}'. Known: {string.Join(", ", definition.Options.Select(option => option.Value))} and the canonical names.");
    }

    private static string? Bant(string? answer) => answer?.ToUpperInvariant() switch
    {
        null => null,
        "MET" or "YES" => "yes",
        "NOTMET" or "NO" => "no",
        "UNKNOWN" => "unknown",
        _ => throw new SandboxRequestException($"Unknown BANT answer '{answer}'. Known: met, notMet, unknown."),
    };

    private HubSpotRecord Company(CompanySpec company, WriteContext context)
    {
        if (company.Key is { } key && keys.Company(portal, key) is { } known)
        {
            return known;
        }

        var values = new Dictionary<string, string?>
        {
            ["name"] = company.Name ?? company.Key ?? company.Domain ?? "Unnamed company",
            ["domain"] = company.Domain,
            ["industry"] = company.Industry is null ? null : IndustryOptions.Resolve(company.Industry, portal.Schema(ObjectType.Company)),
            ["numberofemployees"] = company.Employees?.ToString(CultureInfo.InvariantCulture),
            ["country"] = company.Country,
            ["hubspot_owner_id"] = OwnerId(company.Owner),
        };
        var present = values.Where(pair => !string.IsNullOrEmpty(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
        var record = RecordWriter.Create(portal, ObjectType.Company, present, context);
        if (company.Key is not null)
        {
            keys.AddCompany(company.Key, record);
        }

        return record;
    }
}
