namespace CrmSync.Leads.Handover;

/// <summary>
/// What marketing asks for in its field. A request is cleared by the step that follows it; one that the step makes pointless
/// goes with it, and one that no step can follow is answered and cleared. <see cref="Hold"/> alone stands until marketing takes
/// it back.
/// </summary>
public enum MarketingRequest
{
    /// <summary>Offer it now, whatever the rules say; recorded as an override.</summary>
    Send,

    /// <summary>
    /// No offer while it stands. An offer that nobody has answered is taken back: whoever chooses "Hold" does not want it
    /// called today. Once lifted, the lead is offered again without having to do anything new.
    /// </summary>
    Hold,

    /// <summary>Ask sales once more after a rejection.</summary>
    Dispute,
}

/// <summary>Reads the option value of <c>crmsync_request</c>.</summary>
public static class MarketingRequests
{
    /// <summary>Null for an empty field and for an option that the product does not know.</summary>
    public static MarketingRequest? Read(string? value) => value switch
    {
        "send" => MarketingRequest.Send,
        "hold" => MarketingRequest.Hold,
        "dispute" => MarketingRequest.Dispute,
        _ => null,
    };
}
