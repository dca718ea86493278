namespace CrmSync.Leads.Handover;

/// <summary>Which states are open, accepted or over, and their codes in the CRM's hand-over field.</summary>
public static class HandoverStateCode
{
    /// <summary>The option value of <c>crmsync_handover</c>; null where the CRM has none (a withdrawn offer empties the field).</summary>
    public static string? Of(HandoverState state) => state switch
    {
        HandoverState.Held => "held",
        HandoverState.AwaitingDecision => "waiting",
        HandoverState.Accepted or HandoverState.AcceptedByAction => "accepted",
        HandoverState.AcceptedBySilence => "accepted_by_silence",
        HandoverState.Rejected => "rejected",
        HandoverState.Returned => "returned",
        HandoverState.Disqualified => "disqualified",
        HandoverState.Expired => "expired",
        HandoverState.Superseded => "superseded",
        HandoverState.Recycled => "recycled",
        _ => null,
    };

    /// <summary>Sales has it: only the stage and the outcome move on.</summary>
    public static bool IsAccepted(this HandoverState state) =>
        state is HandoverState.Accepted or HandoverState.AcceptedBySilence or HandoverState.AcceptedByAction;

    /// <summary>Not over: a new episode may not begin.</summary>
    public static bool IsOpen(this HandoverState state) =>
        state is HandoverState.Held or HandoverState.AwaitingDecision or HandoverState.Returned || state.IsAccepted();
}
