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
        TextIn test => ValueText.FreeMail(First(test).Name, test.Values, negated, words) ?? $"{Subject(test)} {Is(negated)} {Values(test)}",
        ContainsWord test => $"{Subject(test)} {(negated ? words["indeholder ikke", "does not contain"] : words["indeholder", "contains"])} {FamilyText.Of(test.Words, words)}",
        NumberBetween or MoreThan or LessThan => NumberText.Employees(First(condition).Name, condition, negated, words)
            ?? $"{Subject(condition)} {Is(negated)} {NumberText.Range(condition, words)}",
        FlagIs test => Flag(test, test.Wanted != negated),
        BantIs test => $"{Subject(test)} {Is(negated)} {(test.Wanted == BantAnswer.Met ? words["bekræftet (ja)", "confirmed (yes)"] : words["afkræftet (nej)", "ruled out (no)"])}",
        FactExists test => Known([.. Facts(test).Select(Noun)], negated),
        InstantWithin test => $"{Lies(test, negated)} {words[$"højst {words.Span(test.Within)} tilbage", $"at most {words.Span(test.Within)} back"]}",
        DueWithin test => $"{Lies(test, negated)} {words[$"højst {words.Span(test.Within)} frem", $"at most {words.Span(test.Within)} ahead"]}",
        OlderThan test => $"{Lies(test, negated)} {words[$"mere end {words.Span(test.Age)} tilbage", $"more than {words.Span(test.Age)} back"]}",
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

    private string Lies(Condition test, bool negated) => $"{Subject(test)} {(negated ? words["ligger ikke", "does not lie"] : words["ligger", "lies"])}";

    private string Values(TextIn test) => words.Or([.. test.Values.Select(value => ValueText.Of(rules, First(test).Name, value, words))]);

    private string Flag(FlagIs test, bool set) => (test.Slots.Count == 1 ? FlagText.Of(First(test).Name, set, words) : null)
        ?? $"{Subject(test)} {words["er sat til", "is set to"]} {(set ? words["ja", "yes"] : words["nej", "no"])}";

    // Facts that stand in for each other: the first that is known counts.
    private string Subject(Condition test)
    {
        var nouns = Facts(test).Select(Noun).ToList();
        return nouns.Count == 1
            ? nouns[0]
            : $"{nouns[0]} ({words["eller, hvis ukendt,", "or, where unknown,"]} {string.Join(words[", dernæst ", ", then "], nouns.Skip(1))})";
    }

    private string CoolOff() => words[
        $"karensperioden efter et nej løber: {words.Days(rules.CoolOff.BadTimingDays)} efter \"ikke nu\", {words.Days(rules.CoolOff.OtherDays)} efter andre nej, for altid efter \"aldrig relevant\"",
        $"the cool-off after a no is running: {words.Days(rules.CoolOff.BadTimingDays)} after \"bad timing\", {words.Days(rules.CoolOff.OtherDays)} after any other no, for good after \"never relevant\""];

    private FactDefinition First(Condition test) => rules.Catalogue.Definitions[test.Slots[0]];

    private IEnumerable<FactDefinition> Facts(Condition test) => test.Slots.Select(slot => rules.Catalogue.Definitions[slot]);
}
