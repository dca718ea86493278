using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Brakes;

/// <summary>That the rules would let a lead into the hand-over, or on from being held.</summary>
internal sealed record OfferWish
{
    public required LeadRef Lead { get; init; }
    public required string LeadKey { get; init; }
    public required string? OwnerId { get; init; }

    /// <summary>It would be offered by the rules, for the first time in its episode; false: held by them, offered again, or sent by marketing.</summary>
    public required bool IsNewOffer { get; init; }
    public required bool HandRaise { get; init; }

    /// <summary>Fit and interest together, 0 to 200.</summary>
    public required int Score { get; init; }

    /// <summary>The newest thing the lead did.</summary>
    public DateTimeOffset? EvidenceAt { get; init; }

    /// <summary>What kept it when it was last looked at.</summary>
    public required HeldBack? Before { get; init; }

    public HeldBack Held(HoldCause cause, DateTimeOffset now, DateOnly day) =>
        new(cause, Before?.Cause == HoldCause.Pilot == (cause == HoldCause.Pilot) ? Before?.Since ?? now : now, day, Score, OwnerId);
}
