using CrmSync.Leads.Facts;

namespace CrmSync.Worker.Rules.LeadFiles;

/// <summary>Fills what follows from other facts, as the adapters do.</summary>
internal static class DerivedFacts
{
    /// <summary>The e-mail's domain, where nobody gave it.</summary>
    internal static LeadFacts Fill(LeadFacts facts)
    {
        if (facts[WellKnownFacts.PersonEmailDomain].IsKnown || facts[WellKnownFacts.PersonEmail] is not { IsKnown: true, Text: var email })
            return facts;
        var at = email.LastIndexOf('@');
        return at < 0 || at == email.Length - 1 ? facts : facts.With(WellKnownFacts.PersonEmailDomain, FactValue.Of(email[(at + 1)..]));
    }
}
