using CrmSync.Adapters.Values;
using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.HubSpot;

/// <summary>Fills the catalogue from a contact and what hangs on it. What cannot be parsed leaves only its own fact unknown.</summary>
internal sealed class HubSpotFacts(CrmMapping mapping, HubSpotOptions options, HubSpotPropertyNames names)
{
    private readonly HubSpotForms _forms = new(mapping.Forms);

    // Where each fact comes from is settled once for a catalogue, not once for every lead.
    private ReadPlan? _plan;

    private delegate FactValue Reader(HubSpotObject contact, HubSpotObject? company, HubSpotSurroundings around);

    public LeadFacts Read(HubSpotObject contact, HubSpotSurroundings around, FactCatalogue catalogue)
    {
        var plan = _plan is { } last && ReferenceEquals(last.Catalogue, catalogue) ? last : _plan = PlanOf(catalogue);
        var company = around.CompanyOf(contact.Id!);
        var builder = new LeadFacts.Builder(catalogue);
        for (var slot = 0; slot < plan.Readers.Length; slot++)
            builder.Set(slot, plan.Readers[slot](contact, company, around));
        _forms.Read(contact, plan.FormSlots, builder);
        return builder.Build();
    }

    private ReadPlan PlanOf(FactCatalogue catalogue) => new(
        catalogue,
        [.. catalogue.Definitions.Select(fact => fact.Type == FactType.Engagement ? Acts(fact) : Value(fact))],
        [.. _forms.AllKinds.Select(kind => mapping.Facts.ContainsKey(FactOf(kind)) ? -1 : catalogue.SlotOf(FactOf(kind)))]);

    private Reader Value(FactDefinition fact) => fact.Name switch
    {
        _ when mapping.Facts.ContainsKey(fact.Name) => Sourced(fact),
        WellKnownFacts.PersonName => (contact, _, _) => FactValue.Of($"{contact["firstname"]} {contact["lastname"]}"),
        WellKnownFacts.PersonEmailDomain => (contact, _, _) => FactValue.Of(RawValues.DomainOf(contact["email"])),
        WellKnownFacts.DealOpen => (contact, _, around) => FactValue.Of(AnyDeal(contact, around, d => Known(d["hs_is_closed"]) is { } closed ? !closed : null)),
        WellKnownFacts.DealWon => (contact, _, around) => FactValue.Of(AnyDeal(contact, around, d => Known(d["hs_is_closed_won"]))),
        _ => Sourced(fact),
    };

    private Reader Sourced(FactDefinition fact)
    {
        (string Property, bool OnCompany)[] sources = [.. names.Sources(fact.Name)];
        var values = mapping.Values.GetValueOrDefault(fact.Name);
        return (contact, company, _) =>
        {
            foreach (var (property, onCompany) in sources)
                if ((onCompany ? company : contact)?[property] is { } raw && HubSpotValues.Parse(fact.Type, RawValues.Translated(values, raw)) is { IsKnown: true } value)
                    return value;
            return FactValue.Unknown;
        };
    }

    private Reader Acts(FactDefinition fact)
    {
        (string Property, bool OnCompany)[] sources = [.. names.Sources(fact.Name)];
        var titled = fact.Name == HubSpotPropertyNames.Webinar ? options.WebinarTitleProperty : null;
        var counted = HubSpotActs.CounterOf(fact.Name);
        return (contact, company, _) =>
        {
            foreach (var (property, onCompany) in sources)
                if (HubSpotActs.Single(onCompany ? company : contact, property, titled is null ? null : contact[titled]) is { } engagement)
                    return FactValue.Of(engagement);
            return FactValue.Of(counted?.Invoke(contact));
        };
    }

    private static string FactOf(string kind) => WellKnownFacts.EngagementPrefix + kind;

    /// <summary>No deals is known to be none; deals that may not be read are unknown, unless one that can be says yes.</summary>
    private static bool? AnyDeal(HubSpotObject contact, HubSpotSurroundings around, Func<HubSpotObject, bool?> test)
    {
        if (contact.Properties?.TryGetValue("num_associated_deals", out var count) != true)
            return null;
        if (RawValues.Number(count) is null or 0)
            return false;
        if (around.Deals?.GetValueOrDefault(contact.Id!) is not { Count: > 0 } deals)
            return null;
        var answers = deals.Select(test).ToList();
        return answers.Contains(true) ? true : answers.Contains(null) ? null : false;
    }

    private static bool? Known(string? text) => RawValues.Flag(text);

    private sealed record ReadPlan(FactCatalogue Catalogue, Reader[] Readers, int[] FormSlots);
}
