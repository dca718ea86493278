using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>
/// Says a condition in plain words, made from the condition itself, so that the agreement cannot say other than the rules do.
/// Languages: <c>da</c>, and English for anything else.
/// </summary>
public static class ConditionText
{
    /// <exception cref="NotSupportedException">A kind of condition that has no sentence.</exception>
    public static Clause Of(RuleSet rules, Condition condition, string language) =>
        Say(condition, false, new(rules, new Wording(language)));

    private static Clause Say(Condition condition, bool negated, TestText tests) => condition switch
    {
        Negation not => Say(not.Part, !negated, tests),
        AtLeastOf { Parts: [var only] } => Say(only, negated, tests),
        AtLeastOf several => new(Introduce(several, negated, tests.Words), [.. several.Parts.Select(part => Say(part, false, tests))]),
        _ => new(Line.Capital(tests.Of(condition, negated))),
    };

    private static string Introduce(AtLeastOf several, bool negated, Wording words) => (several.Needed, negated) switch
    {
        (1, false) => words["Mindst ét af følgende gælder", "At least one of these holds"],
        (1, true) => words["Intet af følgende gælder", "None of these holds"],
        (var needed, false) when needed == several.Parts.Count => words["Alt følgende gælder", "All of these hold"],
        (var needed, true) when needed == several.Parts.Count => words["Ikke alt følgende gælder", "Not all of these hold"],
        (var needed, false) => words[$"Mindst {needed} af følgende {several.Parts.Count} gælder", $"At least {needed} of these {several.Parts.Count} hold"],
        (var needed, true) => words[$"Færre end {needed} af følgende {several.Parts.Count} gælder", $"Fewer than {needed} of these {several.Parts.Count} hold"],
    };
}
