using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;
using CrmSync.Leads.Rules.Conditions;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Says which numbers a test takes: "20 to 1,000", "more than 5".</summary>
internal static class NumberText
{
    /// <summary>The whole sentence where the number counts employees, else null.</summary>
    internal static string? Employees(string fact, Condition test, bool negated, Wording words)
    {
        if (fact != WellKnownFacts.CompanyEmployees || test.Slots.Count > 1)
            return null;
        var has = negated ? words["virksomheden har ikke", "the company does not have"] : words["virksomheden har", "the company has"];
        return $"{has} {Range(test, words, counted: true)} {words["ansatte", "employees"]}";
    }

    /// <summary><paramref name="counted"/>: the number counts things, which Danish compares in words of their own.</summary>
    internal static string Range(Condition test, Wording words, bool counted = false) => test switch
    {
        MoreThan more => $"{words[counted ? "flere end" : "mere end", "more than"]} {words.Number(more.Bound)}",
        LessThan less => $"{words[counted ? "færre end" : "mindre end", counted ? "fewer than" : "less than"]} {words.Number(less.Bound)}",
        NumberBetween { Min: { } least, Max: { } most } when least == most => $"{words["præcis", "exactly"]} {words.Number(least)}",
        NumberBetween { Min: { } least, Max: { } most } => $"{words.Number(least)} {words["til", "to"]} {words.Number(most)}",
        NumberBetween { Min: { } least } => $"{words["mindst", "at least"]} {words.Number(least)}",
        NumberBetween { Max: { } most } => $"{words["højst", "at most"]} {words.Number(most)}",
        _ => words["et tal", "a number"],
    };
}
