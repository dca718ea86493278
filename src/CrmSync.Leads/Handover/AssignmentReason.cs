namespace CrmSync.Leads.Handover;

/// <summary>Why somebody got an offer. Stored by name.</summary>
public enum AssignmentReason
{
    /// <summary>The CRM's owner of the lead.</summary>
    LeadOwner,

    /// <summary>The owner of the lead's company.</summary>
    CompanyOwner,

    /// <summary>Who has an open offer at the same company.</summary>
    OpenOffer,

    /// <summary>Whose turn it was by the rule file.</summary>
    Turn,
    Fallback,

    /// <summary>Nobody is there: the offer waits for whoever takes it.</summary>
    Nobody,

    /// <summary>Who accepted a lead that nobody owned.</summary>
    Accepted,
}
