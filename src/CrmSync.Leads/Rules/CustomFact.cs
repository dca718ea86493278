using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Rules;

/// <summary>
/// A fact that the rule file adds. <paramref name="From"/>: the property that holds it, by connection (or <c>*</c> for
/// all). <paramref name="Values"/>: what a CRM's values mean, such as <c>Yes</c> for <c>true</c>.
/// </summary>
public sealed record CustomFact(
    FactDefinition Definition,
    IReadOnlyDictionary<string, string> From,
    IReadOnlyDictionary<string, string> Values,
    LocalText? Label);
