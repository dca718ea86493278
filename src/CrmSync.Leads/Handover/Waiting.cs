namespace CrmSync.Leads.Handover;

/// <summary>
/// Held goes on when the offer gate opens, but not by an edit of the rules alone; Returned when something was filled in, or
/// the lead asks for sales: whoever merely looks around again brings no data. Marketing may send either, or hold it.
/// </summary>
internal static class Waiting
{
    public static HandoverMove Next(in Situation situation, Episode episode)
    {
        var (subject, assessment) = (situation.Subject, situation.Assessment);
        if (situation.IsMovedOn(episode))
            return situation.End(episode, episode.State == HandoverState.Held ? HandoverState.Withdrawn : HandoverState.Expired);
        if (situation.Policy.StartAt is null || subject.Request == MarketingRequest.Hold)
            return new(null, null, null, episode);
        if (subject.Request == MarketingRequest.Send)
            return situation.Send(episode);
        if (!assessment.MayBeOffered)
            return new(null, null, null, episode);
        var refusal = subject.OfferOpenedByEdit ? "the rules changed, and nothing else did"
            : episode.State == HandoverState.Returned && !assessment.DataChanged && !RaisedHandSince(assessment, episode) ? "sent back, and nothing was filled in since"
            : null;
        return refusal is null ? situation.Offer(episode) : new(null, refusal, null, episode);
    }

    private static bool RaisedHandSince(LeadAssessment assessment, Episode returned) => assessment.HandRaise && assessment.HandRaisedAt > returned.SettledAt;
}
