using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Says one test of a fact, or its opposite, beginning in lower case and without a full stop.</summary>
internal sealed class TestText(RuleSet rules, Wording words)
{
    internal Wording Words => words;

    internal string Of(Condition condition, bool negated) => condition switch
    {
        TextIn test => $"{Subject(test)} {Is(negated)} {words.Or([.. test.Values.Select(value => ValueText.Of(rules, First(test).Name, value, words))])}",
        ContainsWord test => $"{Subject(test)} {(negated ? words["indeholder ikke", "does not contain"] : words["indeholder", "contains"])} {FamilyText.Of(test.Words, words)}",
        NumberBetween test => Number(test, negated),
        FlagIs test => FlagText.Of(First(test).Name, test.Wanted != negated, words)
            ?? $"{Subject(test)} {words["er sat til", "is set to"]} {(test.Wanted != negated ? words["ja", "yes"] : words["nej", "no"])}",
        BantIs test => $"{Subject(test)} {Is(negated)} {(test.Wanted == BantAnswer.Met ? words["bekræftet (ja)", "confirmed (yes)"] : words["afkræftet (nej)", "ruled out (no)"])}",
        Exists test => Known([.. Facts(test).Select(Noun)], negated),
        InstantWithin test => $"{Subject(test)} {(negated ? words["ligger ikke", "does not lie"] : words["ligger", "lies"])} {Within(test.Within)}",
        CountWithin test => ActCountText.Of(test, [.. Facts(test)], negated, words),
        InCoolOff => negated ? words["ingen karensperiode løber", "no cool-off is running"] : CoolOff(),
        _ => throw new NotSupportedException($"No sentence is written for {condition.GetType().Name}."),
    };

    /// <summary>"the phone number or the e-mail address is known".</summary>
    internal string Known(IReadOnlyList<string> nouns, bool negated) => (negated, nouns.Count) switch
    {
        (false, _) => $"{words.Or(nouns)} {words["er kendt", "is known"]}",
        (true, 1) => $"{nouns[0]} {words["er ikke kendt", "is not known"]}",
        _ => $"{words["hverken", "neither"]} {Line.List(nouns, words["eller", "nor"])} {words["er kendt", "is known"]}",
    };

    internal string Noun(FactDefinition fact) => FactNouns.Of(rules, fact, words);

    private string Is(bool negated) => negated ? words["er ikke", "is not"] : words["er", "is"];

    private string Within(TimeSpan span) => $"{words["inden for", "within"]} {words.Span(span)}";

    // Facts that stand in for each other: the first that is known counts.
    private string Subject(Condition test)
    {
        var nouns = Facts(test).Select(Noun).ToList();
        return nouns.Count == 1
            ? nouns[0]
            : $"{nouns[0]} ({words["er det ikke kendt, så", "where unknown,"]} {string.Join(words[", ellers ", ", else "], nouns.Skip(1))})";
    }

    private string Number(NumberBetween test, bool negated)
    {
        var range = (test.Min, test.Max) switch
        {
            ({ } least, { } most) when least == most => $"{words["præcis", "exactly"]} {words.Number(least)}",
            ({ } least, { } most) => $"{words.Number(least)} {words["til", "to"]} {words.Number(most)}",
            ({ } least, _) => $"{words["mindst", "at least"]} {words.Number(least)}",
            (_, { } most) => $"{words["højst", "at most"]} {words.Number(most)}",
            _ => words["et tal", "a number"],
        };
        return First(test).Name == WellKnownFacts.CompanyEmployees && test.Slots.Count == 1
            ? $"{words["virksomheden har", negated ? "the company does not have" : "the company has"]}{(negated ? words[" ikke", ""] : "")} {range} {words["ansatte", "employees"]}"
            : $"{Subject(test)} {Is(negated)} {range}";
    }

    private string CoolOff() => words[
        $"karensperioden efter et nej løber: {words.Days(rules.CoolOff.BadTimingDays)} efter \"ikke nu\", {words.Days(rules.CoolOff.OtherDays)} efter andre nej, for altid efter \"aldrig relevant\"",
        $"the cool-off after a no is running: {words.Days(rules.CoolOff.BadTimingDays)} after \"bad timing\", {words.Days(rules.CoolOff.OtherDays)} after any other no, for good after \"never relevant\""];

    private FactDefinition First(Condition test) => rules.Catalogue.Definitions[test.Slots[0]];

    private IEnumerable<FactDefinition> Facts(Condition test) => test.Slots.Select(slot => rules.Catalogue.Definitions[slot]);
}
