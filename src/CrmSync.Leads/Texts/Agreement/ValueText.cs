using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>What people call a value that a rule names.</summary>
internal static class ValueText
{
    private const string FreeMailKey = "free-mail";

    /// <summary>The value's label, or the rule file's own word, shown as such.</summary>
    internal static string Of(RuleSet rules, string fact, string value, Wording words) =>
        rules.Aliases.For(fact).Find(value) is { } entry ? entry.Label(words.Language) : $"\"{value}\"";

    /// <summary>The sentence for a domain of a free mail service; null for any other test.</summary>
    internal static string? FreeMail(string fact, IReadOnlyList<string> values, bool negated, Wording words) =>
        fact != WellKnownFacts.PersonEmailDomain || values is not [FreeMailKey]
            ? null
            : negated
                ? words["mailadressen er ikke en gratis mailadresse", "the e-mail address is not of a free mail service"]
                : words["mailadressen er en gratis mailadresse", "the e-mail address is of a free mail service"];
}
