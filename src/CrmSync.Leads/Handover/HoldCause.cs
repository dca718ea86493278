namespace CrmSync.Leads.Handover;

/// <summary>Why a lead that the rules would offer is not offered now. Stored by name.</summary>
public enum HoldCause
{
    /// <summary>A pilot runs, and the lead is not part of it.</summary>
    Pilot,

    /// <summary>Its owner was offered enough leads today.</summary>
    OwnerDay,

    /// <summary>The connection has offered enough leads today.</summary>
    ConnectionDay,
}
