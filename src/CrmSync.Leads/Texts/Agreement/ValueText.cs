using CrmSync.Leads.Aliases;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>What people call a value that a rule names.</summary>
internal static class ValueText
{
    private const string FreeMail = "free-mail";

    internal static string Of(RuleSet rules, string fact, string value, Wording words)
    {
        if (fact == WellKnownFacts.PersonEmailDomain && value == FreeMail)
            return words["fra en gratis mailtjeneste", "that of a free mail service"];
        // Without an alias there is nothing but the rule file's own word, shown as such.
        return rules.Aliases.For(fact).Find(value) is { } entry ? entry.Label(words.Language) : $"\"{value}\"";
    }
}
