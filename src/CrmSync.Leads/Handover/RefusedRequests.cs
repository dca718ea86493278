namespace CrmSync.Leads.Handover;

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
