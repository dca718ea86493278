namespace CrmSync.Leads.Handover;

/// <summary>
/// Held goes on when the offer gate opens, but not by an edit of the rules alone; Returned when the missing data arrived.
/// Marketing may send either, or hold it.
/// </summary>
internal static class Waiting
{
    public static HandoverMove Next(in Turn turn, Episode episode)
    {
        var (subject, assessment) = (turn.Subject, turn.Assessment);
        if (turn.IsMovedOn(episode))
            return turn.End(episode, episode.State == HandoverState.Held ? HandoverState.Withdrawn : HandoverState.Expired);
        if (turn.Policy.StartAt is null || subject.Request == MarketingRequest.Hold)
            return new(null, null, null, episode);
        if (subject.Request == MarketingRequest.Send)
            return turn.Send(episode);
        if (!assessment.MayBeOffered)
            return new(null, null, null, episode);
        var refusal = subject.OfferOpenedByEdit ? "the rules changed, and nothing else did"
            : episode.State == HandoverState.Returned && !assessment.FactsChanged ? "sent back, and nothing was filled in since"
            : null;
        return refusal is null ? turn.Offer(episode) : new(null, refusal, null, episode);
    }
}
