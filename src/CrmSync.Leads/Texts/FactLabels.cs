using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Texts;

/// <summary>What people call the built-in facts.</summary>
internal static class FactLabels
{
    private static readonly Dictionary<string, (string Danish, string English)> Labels = new(StringComparer.Ordinal)
    {
        [WellKnownFacts.PersonName] = ("Navn", "Name"),
        [WellKnownFacts.PersonEmail] = ("E-mail", "E-mail"),
        [WellKnownFacts.PersonEmailDomain] = ("Maildomæne", "E-mail domain"),
        [WellKnownFacts.PersonPhone] = ("Telefon", "Phone"),
        [WellKnownFacts.PersonRole] = ("Rolle", "Role"),
        [WellKnownFacts.PersonBuyingRole] = ("Købsrolle", "Buying role"),
        [WellKnownFacts.PersonCountry] = ("Land", "Country"),
        [WellKnownFacts.CompanyName] = ("Virksomhed", "Company"),
        [WellKnownFacts.CompanyDomain] = ("Virksomhedens domæne", "Company domain"),
        [WellKnownFacts.CompanyIndustry] = ("Branche", "Industry"),
        [WellKnownFacts.CompanyEmployees] = ("Antal ansatte", "Employees"),
        [WellKnownFacts.CompanyCountry] = ("Land", "Country"),
        [WellKnownFacts.ConsentOptedOut] = ("Frameldt", "Opted out"),
        [WellKnownFacts.DealOpen] = ("Åben sag", "Open deal"),
        [WellKnownFacts.DealWon] = ("Kunde", "Customer"),
        [WellKnownFacts.BantBudget] = ("Budget", "Budget"),
        [WellKnownFacts.BantAuthority] = ("Beslutter", "Decision-maker"),
        [WellKnownFacts.BantNeed] = ("Behov", "Need"),
        [WellKnownFacts.BantTimeline] = ("Tidsplan", "Timeline"),
    };

    internal static (string Danish, string English)? Find(string fact) => Labels.TryGetValue(fact, out var label) ? label : null;

    /// <summary>What a rep asks about to learn a BANT answer.</summary>
    internal static (string Danish, string English) BantTopic(string fact) => fact switch
    {
        WellKnownFacts.BantNeed => ("behov", "need"),
        WellKnownFacts.BantTimeline => ("tidsplan", "timing"),
        WellKnownFacts.BantBudget => ("budget", "budget"),
        WellKnownFacts.BantAuthority => ("hvem der beslutter", "who decides"),
        _ => (fact, fact),
    };
}
