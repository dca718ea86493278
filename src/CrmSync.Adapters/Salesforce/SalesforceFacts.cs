using CrmSync.Adapters.Values;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Fills the catalogue from a lead or contact and what hangs on it. What cannot be parsed leaves only its own fact unknown.</summary>
internal sealed class SalesforceFacts(CrmMapping mapping, SalesforceFieldNames names)
{
    private readonly SalesforceCampaigns _campaigns = new(mapping.Forms);

    public LeadFacts Read(SalesforceRecord record, SalesforceFieldPlan plan, SalesforceSurroundings around, FactCatalogue catalogue)
    {
        var builder = new LeadFacts.Builder(catalogue);
        for (var slot = 0; slot < catalogue.Definitions.Count; slot++)
            builder.Set(slot, Value(catalogue.Definitions[slot], record, plan, around));
        if (around.Members is { } members)
            _campaigns.Read(members, [.. _campaigns.AllKinds.Select(k => WellKnownFacts.EngagementPrefix + k).Select(f => names.IsMapped(f) ? -1 : catalogue.SlotOf(f))], builder);
        return builder.Build();
    }

    private FactValue Value(FactDefinition fact, SalesforceRecord record, SalesforceFieldPlan plan, SalesforceSurroundings around) => fact.Name switch
    {
        _ when fact.Type == FactType.Engagement => FactValue.Of(Acts(fact.Name, record, plan, around)),
        _ when names.IsMapped(fact.Name) => Sourced(fact, record, plan),
        WellKnownFacts.PersonName => FactValue.Of($"{record["FirstName"]} {record["LastName"]}"),
        WellKnownFacts.PersonEmailDomain => FactValue.Of(RawValues.DomainOf(record["Email"])),
        WellKnownFacts.DealOpen => around.KnowsDeals ? FactValue.Of((bool?)around.Deals.IsOpen) : FactValue.Unknown,
        WellKnownFacts.DealWon => around.KnowsDeals ? FactValue.Of((bool?)around.Deals.IsWon) : FactValue.Unknown,
        WellKnownFacts.CompanyDomain => Sourced(fact, record, plan) is { IsKnown: true } site ? FactValue.Of(HostOf(site.Text)) : FactValue.Unknown,
        _ => Sourced(fact, record, plan),
    };

    private FactValue Sourced(FactDefinition fact, SalesforceRecord record, SalesforceFieldPlan plan)
    {
        var values = mapping.Values.GetValueOrDefault(fact.Name);
        foreach (var source in names.Sources(fact.Name))
            if (SalesforceFieldNames.Paths(source, plan.IsContact, plan.Account) is [var path, ..] && record[path] is { } raw
                && RawValues.Parse(fact.Type, RawValues.Translated(values, raw), SalesforceStreams.Instant) is { IsKnown: true } value)
                return value;
        return FactValue.Unknown;
    }

    private Engagement? Acts(string fact, SalesforceRecord record, SalesforceFieldPlan plan, SalesforceSurroundings around)
    {
        var told = names.Sources(fact).Select(s => Counted(SalesforceFieldNames.Paths(s, plan.IsContact, plan.Account), record)).FirstOrDefault(e => e is not null);
        return fact == WellKnownFacts.EngagementPrefix + EngagementKinds.MeetingBooked && !names.IsMapped(fact)
            ? SalesforceContacts.Meetings(around.Events, told)
            : told;
    }

    /// <summary>A counter with the instant of its last act, or one field that holds either. A field that the org lacks tells nothing.</summary>
    private static Engagement? Counted(IReadOnlyList<string> paths, SalesforceRecord record) => paths switch
    {
        [var counter, var last] when record.Has(counter) => RawValues.Number(record[counter] ?? "0") is { } total ? CountedActs.Total(total, SalesforceStreams.Instant(record[last])) : null,
        [var only] when record.Has(only) => CountedActs.Latest(record[only], null, SalesforceStreams.Instant),
        _ => null,
    };

    /// <summary>A website as the domain that it is at.</summary>
    private static string HostOf(string site)
    {
        var host = Uri.TryCreate(site.Contains("://", StringComparison.Ordinal) ? site : $"https://{site}", UriKind.Absolute, out var url) ? url.Host : site;
        return host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;
    }
}
