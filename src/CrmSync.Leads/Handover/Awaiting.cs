using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Handover;

/// <summary>An open offer: the answer, or what ends it without one.</summary>
internal static class Awaiting
{
    public static HandoverMove Next(in Situation situation, Episode offer)
    {
        var (refusal, incomplete) = (default(string), default(HandoverMove));
        // An offer empties the answer; one that the CRM dates before the offer is an old one that came back.
        if (situation.Subject.Answer is { } answer && offer.IsAnsweredBy(answer))
        {
            var decision = Decision.Read(answer.Value, answer.Text);
            refusal = decision.Kind == DecisionKind.Unknown ? null : answer.Refusal;
            if (refusal is null && decision.Kind == DecisionKind.Incomplete)
                incomplete = WrittenAnswer.Wait(situation, offer);
            else if (refusal is null && decision.Kind != DecisionKind.Unknown)
                return WrittenAnswer.Decide(situation, offer, decision, answer);
        }
        offer = incomplete?.Episode ?? offer with { IncompleteSince = null, IncompleteToldAt = null };
        if (Unanswered(situation, offer) is { } ended)
            return ended;
        var told = OfferClock.Next(situation, offer);
        return WithTask(situation, told with { Suppressed = refusal, Notices = [.. incomplete?.Notices ?? [], .. told.Notices] });
    }

    /// <summary>There is something to tell and no task to tell it by: that is made again, once.</summary>
    private static HandoverMove WithTask(in Situation situation, HandoverMove told) =>
        situation.Subject.TaskGone && told is { Notices.Count: > 0, Episode: { TaskRemadeAt: null } offer }
            ? told with { Episode = offer with { TaskRemadeAt = situation.Now } }
            : told;

    private static HandoverMove? Unanswered(in Situation situation, Episode offer)
    {
        if (RepActs.Acceptance(situation, offer) is { } byAction)
            return byAction;
        // Somebody moved the lead on by hand without answering: the offer is over, and no acceptance is invented.
        if (situation.IsMovedOn(offer))
            return situation.End(offer, HandoverState.Superseded);
        if (situation.Assessment.Blocked && !offer.BlockedAtOffer)
            return situation.End(offer, HandoverState.Withdrawn);
        if (situation.Subject.Request == MarketingRequest.Hold)
            return situation.End(offer with { OnHold = true }, HandoverState.Withdrawn);
        return Silent(situation, offer);
    }

    private static HandoverMove? Silent(in Situation situation, Episode offer)
    {
        if (situation.Now < offer.DueAt)
            return null;
        // Whoever began to answer is not silent.
        if (situation.Policy.Silence == SilencePolicy.Accept && offer.IncompleteSince is null)
        {
            var accepted = offer with { State = HandoverState.AcceptedBySilence, DecidedAt = offer.DueAt, BreachedAt = offer.DueAt };
            return new(new(accepted, situation.Accepted, offer.DueAt, StepActor.CrmSync), null, null, accepted);
        }
        if (situation.Policy.Silence == SilencePolicy.Reassign && offer is { IncompleteSince: null, ReassignedAt: null })
            return situation.Reassign(offer);
        // Not before everything was told: after a long standstill that comes first.
        return offer.BreachedAt is not null && !OfferClock.IsReminderDue(offer, situation.Policy, situation.Now) && situation.Now >= OfferClock.ExpiresAt(offer, situation.Policy)
            ? situation.End(offer with { CoolOffUntil = situation.Now + situation.Policy.CoolOff.Other }, HandoverState.Expired)
            : null;
    }
}
