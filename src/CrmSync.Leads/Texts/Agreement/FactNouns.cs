using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>What the subject of a sentence is called: a fact, in lower case and with its article, or a kind of act in the plural.</summary>
internal static class FactNouns
{
    private static readonly Dictionary<string, (string Danish, string English)> Nouns = new(StringComparer.Ordinal)
    {
        [WellKnownFacts.PersonName] = ("personens navn", "the person's name"),
        [WellKnownFacts.PersonEmail] = ("mailadressen", "the e-mail address"),
        [WellKnownFacts.PersonEmailDomain] = ("mailadressens domæne", "the domain of the e-mail address"),
        [WellKnownFacts.PersonPhone] = ("telefonnummeret", "the phone number"),
        [WellKnownFacts.PersonRole] = ("rollen", "the role"),
        [WellKnownFacts.PersonBuyingRole] = ("købsrollen", "the buying role"),
        [WellKnownFacts.PersonCountry] = ("personens land", "the person's country"),
        [WellKnownFacts.CompanyName] = ("virksomhedens navn", "the company's name"),
        [WellKnownFacts.CompanyDomain] = ("virksomhedens domæne", "the company's domain"),
        [WellKnownFacts.CompanyIndustry] = ("branchen", "the industry"),
        [WellKnownFacts.CompanyEmployees] = ("antallet af ansatte", "the number of employees"),
        [WellKnownFacts.CompanyCountry] = ("virksomhedens land", "the company's country"),
        [WellKnownFacts.ConsentOptedOut] = ("oplysningen om framelding", "the record of opting out"),
        [WellKnownFacts.DealOpen] = ("oplysningen om åbne sager", "the record of open deals"),
        [WellKnownFacts.DealWon] = ("oplysningen om vundne sager", "the record of won deals"),
        [WellKnownFacts.BantNeed] = ("behovet", "the need"),
        [WellKnownFacts.BantTimeline] = ("tidsplanen", "the timeline"),
        [WellKnownFacts.BantBudget] = ("budgettet", "the budget"),
        [WellKnownFacts.BantAuthority] = ("beslutningsretten", "the authority to decide"),
    };

    private static readonly Dictionary<string, (string Danish, string English)> Acts = new(StringComparer.Ordinal)
    {
        [EngagementKinds.HandRaise] = ("ønsker om demo, pris eller kontakt", "requests for a demo, price or contact"),
        [EngagementKinds.MeetingBooked] = ("bookede møder", "meetings booked"),
        [EngagementKinds.ContentDownload] = ("hentede guider", "guides downloaded"),
        [EngagementKinds.WebinarAttended] = ("webinarer med fremmøde", "webinars attended"),
        [EngagementKinds.PageView] = ("sidevisninger", "page views"),
        [EngagementKinds.EmailClick] = ("klik i nyhedsbreve", "newsletter clicks"),
        [EngagementKinds.EmailOpen] = ("åbnede mails", "opened mails"),
        [EngagementKinds.SocialClick] = ("klik på sociale medier", "social media clicks"),
        [EngagementKinds.AdForm] = ("udfyldte annonceformularer", "ad forms filled in"),
    };

    /// <summary>"the industry"; a fact of the company's own: <c>the field "Competitor"</c>.</summary>
    internal static string Of(RuleSet rules, FactDefinition fact, Wording words)
    {
        if (Nouns.TryGetValue(fact.Name, out var noun))
            return words[noun.Danish, noun.English];
        return $"{words["feltet", "the field"]} \"{CustomLabel(rules, fact, words)}\"";
    }

    /// <summary>"Industry": what a field is called.</summary>
    internal static string LabelOf(RuleSet rules, FactDefinition fact, Wording words) =>
        FactLabels.Find(fact.Name) is { } label ? words[label.Danish, label.English] : CustomLabel(rules, fact, words);

    /// <summary>"page views"; the fact's name for a kind that has no word.</summary>
    internal static string ActsOf(FactDefinition fact, Wording words) =>
        Acts.TryGetValue(KindOf(fact), out var noun) ? words[noun.Danish, noun.English] : fact.Name;

    /// <summary>"viewed a page"; the fact's name for a kind that has no word.</summary>
    internal static string ActOf(FactDefinition fact, Wording words) => words.Act(KindOf(fact))?.Once ?? fact.Name;

    private static string CustomLabel(RuleSet rules, FactDefinition fact, Wording words)
    {
        var label = rules.Facts.FirstOrDefault(custom => custom.Definition.Name == fact.Name)?.Label?.In(words.Language);
        return string.IsNullOrWhiteSpace(label) ? fact.Name : label;
    }

    private static string KindOf(FactDefinition fact) =>
        fact.Type == FactType.Engagement ? fact.Name[WellKnownFacts.EngagementPrefix.Length..] : "";
}
