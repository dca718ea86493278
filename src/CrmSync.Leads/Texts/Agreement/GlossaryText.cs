using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>A word and what the two departments mean by it.</summary>
public sealed record Term(string Word, string Meaning);

/// <summary>The field's words, as this product uses them.</summary>
public static class GlossaryText
{
    /// <summary>The three levels, in their order.</summary>
    public static IReadOnlyList<Term> Levels(string language)
    {
        var words = new Wording(language);
        return [
            new(words["MQL, marketingkvalificeret lead", "MQL, marketing qualified lead"], words[
                "Marketing har vurderet leadet som interesseret. Salg har endnu ikke sagt ja.",
                "Marketing has judged the lead to be interested. Sales has not said yes yet."]),
            new(words["SAL, salgsaccepteret lead", "SAL, sales accepted lead"], words[
                "Salg har læst begrundelsen og skriftligt sagt ja til at arbejde med leadet.",
                "Sales has read the reasons and agreed, in writing, to work the lead."]),
            new(words["SQL, salgskvalificeret lead", "SQL, sales qualified lead"], words[
                "Salg har i dialog vurderet leadet som klart til et salgstilbud. Databasesproget SQL har intet med det at gøre.",
                "Sales has found, in dialogue, that the lead is ready for a sales offer. The database language SQL has nothing to do with it."]),
        ];
    }

    public static IReadOnlyList<Term> Others(RuleSet rules, string language)
    {
        var words = new Wording(language);
        return [
            new(words["Lead", "Lead"], words["En person i CRM-systemet, som kan blive overdraget fra marketing til salg.", "A person in the CRM who may be handed over from marketing to sales."]),
            new(words["Overdragelse", "Hand-over"], words["Vejen fra marketing til salg for ét lead: tilbud, svar og udfald.", "One lead's way from marketing to sales: offer, answer and outcome."]),
            new(words["Tilbud til salg", "Offer to sales"], words["Leadet lægges hos en navngiven sælger med begrundelsen skrevet ind, og fristen løber.", "The lead is put before a named rep with the reasons written in, and the clock runs."]),
            new(words["Match", "Fit"], words["Hvor godt virksomhed og rolle passer til idealkundeprofilen, i point.", "How well company and role match the ideal customer profile, in points."]),
            new(words["Interesse", "Interest"], words["Hvad leadet har gjort for nylig, i point.", "What the lead has done lately, in points."]),
            new(words["BANT", "BANT"], words["Budget, beslutningsret, behov og tidsplan (budget, authority, need, timeline). Hvert svar er ja, nej eller ukendt.", "Budget, authority, need and timeline. Each answer is yes, no or unknown."]),
            new(words["Aktiv henvendelse", "Hand-raise"], words["Leadet beder selv om salg: demo, pris, kontakt eller møde.", "The lead asks for sales itself: a demo, a price, contact or a meeting."]),
            new(words["Spærring", "Blocker"], words["Et forhold, der holder et lead fra salg, uanset point.", "A circumstance that keeps a lead from sales, whatever its points."]),
            new(words["Ukendt", "Unknown"], words["En oplysning, som ingen har udfyldt. Ukendt er hverken ja eller nej.", "A fact that nobody has filled in. Unknown is neither yes nor no."]),
            new(words["Karensperiode", "Cool-off"], words["Tiden efter et nej, hvor nye point alene ikke genåbner overdragelsen.", "The time after a no in which new points alone do not reopen the hand-over."]),
            .. Halving(rules, words),
            new(words["Sendt retur", "Returned"], words["Der mangler oplysninger. Det er ikke et nej og tæller ikke som et.", "Data is missing. That is no \"no\", and is not counted as one."]),
        ];
    }

    private static IEnumerable<Term> Halving(RuleSet rules, Wording words) => rules.Criteria.Any(criterion => criterion.HalfLifeDays is not null)
        ? [new(words["Halveringstid", "Half-life"], words["Antal dage, hvorefter halvdelen af pointene er tilbage.", "The number of days after which half of the points are left."])]
        : [];
}
