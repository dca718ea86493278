using CrmSync.Leads.Facts;
using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Handover;

/// <summary>A lead that is to be offered, as its assignment sees it.</summary>
/// <param name="Facts">By the catalogue of the rules.</param>
public sealed record AssignmentSubject(LeadFacts Facts, LeadContext Context)
{
    public string? OwnerId { get; init; }
    public string? CompanyOwnerId { get; init; }

    /// <summary>Who has an open offer at the lead's company; of several the earliest.</summary>
    public string? OpenOfferOwnerId { get; init; }

    internal IEnumerable<(string? Person, AssignmentReason Reason)> Owners =>
    [
        (OwnerId, AssignmentReason.LeadOwner), (CompanyOwnerId, AssignmentReason.CompanyOwner), (OpenOfferOwnerId, AssignmentReason.OpenOffer),
    ];
}
