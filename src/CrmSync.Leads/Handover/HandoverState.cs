namespace CrmSync.Leads.Handover;

/// <summary>Where one episode of a lead's hand-over stands. Stored by name; the CRM shows its field code.</summary>
public enum HandoverState
{
    /// <summary>The MQL gate is met; the offer gate or a brake says not now.</summary>
    Held,

    /// <summary>Offered to sales; the clock is running.</summary>
    AwaitingDecision,
    Accepted,
    AcceptedBySilence,
    AcceptedByAction,
    Rejected,

    /// <summary>Sent back for missing data; not judged.</summary>
    Returned,
    Disqualified,
    Expired,
    Superseded,
    Withdrawn,

    /// <summary>Was accepted, is not ready now; back to nurture.</summary>
    Recycled,
}
