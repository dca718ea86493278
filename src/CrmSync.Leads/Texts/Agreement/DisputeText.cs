using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Short answers to what marketing and sales most often argue about.</summary>
public static class DisputeText
{
    public static IReadOnlyList<Term> Of(RuleSet rules, string language)
    {
        var words = new Wording(language);
        return [
            new(words["Vi mangler oplysninger. Tæller det imod leadet?", "Data is missing. Does that count against the lead?"], words[
                "Nej. Ukendt er aldrig et nej. Kan de manglende point ændre svaret, står der, hvilke felter der skal udfyldes.",
                "No. Unknown is never a no. Where the missing points could change the verdict, it says which fields to fill in."]),
            .. Fading(rules, words),
            new(words["Salg kender leadet og vil have det nu.", "Sales knows the lead and wants it now."], words[
                "Vælg \"Jeg tager leadet\" i feltet \"Svar på lead\". Det er salgs eget valg og tæller ikke med i marketings andel af accepterede leads.",
                "Choose \"Take it\" in the field \"Answer on lead\". That is the choice of sales and is left out of marketing's share of accepted leads."]),
            new(words["Salg afviser leads, som reglerne slap igennem.", "Sales rejects leads that the rules let through."], words[
                "Årsagen er skrevet ned ved hvert nej. Er det branche, størrelse, land eller rolle, der går igen, er det reglerne, der skal ændres, ikke leadet.",
                "Every no carries its reason. If industry, size, country or role come up again and again, it is the rules that need changing, not the lead."]),
            new(words["Hvem kan ændre reglerne?", "Who can change the rules?"], words[
                "Marketing og salg sammen, på de faste møder. En ændring gælder fremad og sender ikke af sig selv gamle leads til salg.",
                "Marketing and sales together, at their regular meetings. A change applies from then on and does not by itself send old leads to sales."]),
        ];
    }

    private static IEnumerable<Term> Fading(RuleSet rules, Wording words) => rules.Criteria.Any(criterion => criterion.HalfLifeDays is not null)
        ? [new(words["Leadet havde flere point i går.", "The lead had more points yesterday."], words[
            "Point falder med tiden. Et åbent tilbud til salg trækkes ikke tilbage af den grund.",
            "Points fade with time. An open offer to sales is not withdrawn for that."])]
        : [];
}
