using CrmSync.Leads.Facts;

namespace CrmSync.Leads.Texts.Agreement;

/// <summary>Yes and no of the built-in flags, as whole sentences.</summary>
internal static class FlagText
{
    /// <summary>Null for a flag of the company's own.</summary>
    internal static string? Of(string fact, bool set, Wording words) => (fact, set) switch
    {
        (WellKnownFacts.ConsentOptedOut, true) => words["personen har frameldt sig", "the person has opted out"],
        (WellKnownFacts.ConsentOptedOut, false) => words["personen har ikke frameldt sig", "the person has not opted out"],
        (WellKnownFacts.DealOpen, true) => words["der er en åben sag", "there is an open deal"],
        (WellKnownFacts.DealOpen, false) => words["der er ingen åben sag", "there is no open deal"],
        (WellKnownFacts.DealWon, true) => words["der er en vundet sag: leadet er kunde", "there is a won deal: the lead is a customer"],
        (WellKnownFacts.DealWon, false) => words["der er ingen vundet sag", "there is no won deal"],
        _ => null,
    };
}
