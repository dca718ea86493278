namespace CrmSync.Leads.Handover;

/// <summary>Why sales declined an MQL.</summary>
public enum RejectionReason
{
    WrongIndustry,
    WrongCompanySize,
    WrongGeography,
    WrongRole,
    NoNeed,
    NoBudget,
    BadTiming,
    ExistingCustomerOrOpenDeal,
    Duplicate,

    /// <summary>Competitor, vendor, student, job seeker or no consent: never offered again.</summary>
    NeverRelevant,

    /// <summary>The rep says why in words.</summary>
    Other,
}
