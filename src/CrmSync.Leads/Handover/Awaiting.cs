using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Handover;

/// <summary>An open offer: the answer, or what ends it without one.</summary>
internal static class Awaiting
{
    public static HandoverMove Next(in Turn turn, Episode offer)
    {
        var (refusal, incomplete) = (default(string), default(HandoverMove));
        if (turn.Subject.Answer is { } answer && IsNewer(answer, offer))
        {
            var decision = Decision.Read(answer.Value, answer.Text);
            refusal = decision.Kind == DecisionKind.Unknown ? null : answer.Refusal;
            if (refusal is null && decision.Kind == DecisionKind.Incomplete)
                incomplete = Answers.Wait(turn, offer);
            else if (refusal is null && decision.Kind != DecisionKind.Unknown)
                return Answers.Decide(turn, offer, decision, answer);
        }
        offer = incomplete?.Episode ?? offer with { IncompleteSince = null, IncompleteToldAt = null };
        if (Unanswered(turn, offer) is { } ended)
            return ended;
        var told = OfferClock.Next(turn, offer);
        return told with { Suppressed = refusal, Notices = [.. incomplete?.Notices ?? [], .. told.Notices] };
    }

    /// <summary>An offer empties the answer; one that the CRM dates before the offer is an old one that came back.</summary>
    private static bool IsNewer(RepAnswer answer, Episode offer) => answer.At is not { } at || at >= offer.OfferedAt;

    private static HandoverMove? Unanswered(in Turn turn, Episode offer)
    {
        if (RepActs.Acceptance(turn, offer) is { } byAction)
            return byAction;
        // Somebody moved the lead on by hand without answering: the offer is over, and no acceptance is invented.
        if (turn.IsMovedOn(offer))
            return turn.End(offer, HandoverState.Superseded);
        if (turn.Assessment.Blocked && !offer.BlockedAtOffer)
            return turn.End(offer, HandoverState.Withdrawn);
        if (turn.Subject.Request == MarketingRequest.Hold)
            return turn.End(offer with { HeldBack = true }, HandoverState.Withdrawn);
        return Silent(turn, offer);
    }

    private static HandoverMove? Silent(in Turn turn, Episode offer)
    {
        if (turn.Now < offer.DueAt)
            return null;
        // Whoever began to answer is not silent.
        if (turn.Policy.Silence == SilencePolicy.Accept && offer.IncompleteSince is null)
        {
            var accepted = offer with { State = HandoverState.AcceptedBySilence, DecidedAt = offer.DueAt, BreachedAt = offer.DueAt };
            return new(new(accepted, turn.Accepted, offer.DueAt, StepActor.CrmSync), null, null, accepted);
        }
        return turn.Now >= OfferClock.ExpiresAt(offer, turn.Policy)
            ? turn.End(offer with { CoolOffUntil = turn.Now + turn.Policy.CoolOff }, HandoverState.Expired)
            : null;
    }
}
