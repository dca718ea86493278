using CrmSync.Leads.Facts;

namespace CrmSync.Adapters.HubSpot;

/// <summary>Fills the catalogue from a contact and what hangs on it. What cannot be parsed leaves only its own fact unknown.</summary>
internal sealed class HubSpotFacts(CrmMapping mapping, HubSpotOptions options, HubSpotPropertyNames names)
{
    private readonly HubSpotForms _forms = new(mapping.Forms);

    public LeadFacts Read(HubSpotObject contact, HubSpotSurroundings around, FactCatalogue catalogue)
    {
        var company = around.Companies?.GetValueOrDefault(contact.Id!) is { Count: > 0 } some ? some[0] : null;
        var builder = new LeadFacts.Builder(catalogue);
        foreach (var fact in catalogue.Definitions)
            builder.Set(fact.Name, fact.Type == FactType.Engagement ? Acts(fact, contact, company) : Value(fact, contact, company, around));
        foreach (var (kind, engagement) in _forms.Read(contact))
            if (catalogue.SlotOf(WellKnownFacts.EngagementPrefix + kind) >= 0 && !mapping.Facts.ContainsKey(WellKnownFacts.EngagementPrefix + kind))
                builder.Set(WellKnownFacts.EngagementPrefix + kind, FactValue.Of(engagement));
        return builder.Build();
    }

    private FactValue Value(FactDefinition fact, HubSpotObject contact, HubSpotObject? company, HubSpotSurroundings around) => fact.Name switch
    {
        _ when mapping.Facts.ContainsKey(fact.Name) => Sourced(fact, contact, company),
        WellKnownFacts.PersonName => FactValue.Of($"{contact["firstname"]} {contact["lastname"]}"),
        WellKnownFacts.PersonEmailDomain => FactValue.Of(DomainOf(contact["email"])),
        WellKnownFacts.DealOpen => FactValue.Of(AnyDeal(contact, around, d => Known(d["hs_is_closed"]) is { } closed ? !closed : null)),
        WellKnownFacts.DealWon => FactValue.Of(AnyDeal(contact, around, d => Known(d["hs_is_closed_won"]))),
        _ => Sourced(fact, contact, company),
    };

    private FactValue Sourced(FactDefinition fact, HubSpotObject contact, HubSpotObject? company)
    {
        foreach (var (property, onCompany) in names.Sources(fact.Name))
            if (HubSpotValues.Parse(fact.Type, Translated(fact.Name, (onCompany ? company : contact)?[property])) is { IsKnown: true } value)
                return value;
        return FactValue.Unknown;
    }

    private FactValue Acts(FactDefinition fact, HubSpotObject contact, HubSpotObject? company)
    {
        foreach (var (property, onCompany) in names.Sources(fact.Name))
        {
            var title = fact.Name == HubSpotPropertyNames.Webinar ? contact[options.WebinarTitleProperty] : null;
            if (HubSpotActs.Single(onCompany ? company : contact, property, title) is { } engagement)
                return FactValue.Of(engagement);
        }
        return FactValue.Of(HubSpotActs.Counted(fact.Name, contact));
    }

    /// <summary>The account's option value as the product's; as it is where nothing is mapped.</summary>
    private string? Translated(string fact, string? raw) =>
        raw is not null && mapping.Values.TryGetValue(fact, out var values)
            ? string.Join(';', HubSpotValues.Choices(raw).Select(v => values.GetValueOrDefault(v, v)))
            : raw;

    /// <summary>No deals is known to be none; deals that may not be read are unknown, unless one that can be says yes.</summary>
    private static bool? AnyDeal(HubSpotObject contact, HubSpotSurroundings around, Func<HubSpotObject, bool?> test)
    {
        if (contact.Properties?.ContainsKey("num_associated_deals") != true)
            return null;
        if (HubSpotValues.Number(contact["num_associated_deals"]) is null or 0)
            return false;
        if (around.Deals?.GetValueOrDefault(contact.Id!) is not { Count: > 0 } deals)
            return null;
        var answers = deals.Select(test).ToList();
        return answers.Contains(true) ? true : answers.Contains(null) ? null : false;
    }

    private static bool? Known(string? text) => HubSpotValues.Flag(text);

    private static string? DomainOf(string? email) => email?.LastIndexOf('@') is > 0 and var at ? email[(at + 1)..].ToLowerInvariant() : null;
}
