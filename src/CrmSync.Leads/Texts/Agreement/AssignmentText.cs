using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Says who gets an offer. Who is away just now is no part of what was agreed.</summary>
internal static class AssignmentText
{
    public static IEnumerable<Clause> Of(RuleSet rules, Wording words)
    {
        var assign = rules.Assign;
        if (assign.ToOwner)
            yield return new(words[
                "Tilbuddet går til den, der ejer leadet i CRM-systemet; ellers til virksomhedens ejer, og ellers til den, der har et åbent tilbud hos samme virksomhed",
                "The offer goes to the person who owns the lead in the CRM; failing that to the company's owner, and then to whoever has an open offer at the same company"]);
        foreach (var rule in assign.Rules)
            yield return ByTurn(rules, rule, isOnly: !assign.ToOwner && assign.Rules.Count == 1, words);
        yield return new(assign.Fallback.Count == 0
            ? words["Er ingen af dem der, står tilbuddet åbent for den, der tager leadet", "Where nobody of these is there, the offer stands open for whoever takes the lead"]
            : words[$"Er ingen af dem der, går tilbuddet til {words.Or(assign.Fallback)}", $"Where nobody of these is there, the offer goes to {words.Or(assign.Fallback)}"]);
        yield return new(words[
            "Den, der er fraværende eller er holdt op, giver tilbuddet videre til sin stedfortræder og ellers til den næste",
            "Whoever is away or has left passes the offer on to their substitute, or else to the next"]);
        yield return new(words[
            "Den, der godkender et lead uden ejer, bliver leadets ejer",
            "Whoever accepts a lead without an owner becomes its owner"]);
    }

    private static Clause ByTurn(RuleSet rules, AssignRule rule, bool isOnly, Wording words)
    {
        var people = words.And(rule.People);
        if (rule.When is { } when)
            return new(words[$"På skift til {people} ({rule.Id}), hvor", $"By turns to {people} ({rule.Id}) where"], [ConditionText.Of(rules, when, words.Language)]);
        return new(isOnly
            ? words[$"Tilbuddene fordeles på skift mellem {people}", $"Offers go by turns to {people}"]
            : words[$"Alle andre tilbud fordeles på skift mellem {people}", $"All other offers go by turns to {people}"]);
    }
}
