namespace CrmSync.Leads.Handover;

/// <summary>Why nothing follows on what marketing asked for. Stored by name.</summary>
public enum RequestRefusal
{
    /// <summary>The rejection was disputed after the time for it.</summary>
    TooLate,

    /// <summary>The rejection was disputed once already.</summary>
    DisputedBefore,

    /// <summary>There is no rejection that could be disputed.</summary>
    NothingToDispute,

    /// <summary>It is to be sent to sales, or its rejection is disputed, and sales has it.</summary>
    WithSales,

    /// <summary>A pilot runs, and the lead is not part of it.</summary>
    OutsidePilot,
}
