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

    /// <summary>It is to be sent to sales, and sales has it.</summary>
    WithSales,

    /// <summary>A pilot runs, and the lead is not part of it.</summary>
    OutsidePilot,
}

/// <summary>Finds the requests that come to nothing, so that whoever made them is told.</summary>
internal static class RefusedRequests
{
    /// <summary>Null: nothing was asked for, it stands (<see cref="MarketingRequest.Hold"/>), or a step follows on it.</summary>
    public static RequestRefusal? Of(in Situation situation, HandoverMove move) => situation.Subject switch
    {
        _ when move.Step is not null || situation.Policy.StartAt is null => null,
        { Request: MarketingRequest.Send } => RequestRefusal.WithSales,
        { Request: MarketingRequest.Dispute, Episode: { State: HandoverState.Rejected } rejected } => Disputes.Refusal(situation, rejected),
        { Request: MarketingRequest.Dispute } => RequestRefusal.NothingToDispute,
        _ => null,
    };
}
