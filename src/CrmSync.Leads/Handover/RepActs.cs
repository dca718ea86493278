namespace CrmSync.Leads.Handover;

/// <summary>
/// What a rep did in place of answering, where the rule file takes it for a yes. Its instant is the one that the CRM tells,
/// or unknown.
/// </summary>
internal static class RepActs
{
    public static HandoverMove? Acceptance(in Situation situation, Episode offer)
    {
        var accept = situation.Policy.Accept;
        if (accept.OnStageMoved && situation.IsMovedOn(offer))
            return Accepted(situation, offer, situation.Subject.PersonStageDated ? situation.Subject.PersonStageAt : null, situation.Subject.PersonStageBy);
        DateTimeOffset? contact = accept.OnFirstContact && situation.Assessment.ContactedAt >= offer.OfferedAt ? situation.Assessment.ContactedAt : null;
        DateTimeOffset? meeting = accept.OnMeetingBooked && situation.Assessment.MeetingBookedAt >= offer.OfferedAt ? situation.Assessment.MeetingBookedAt : null;
        var act = contact is null || meeting < contact ? meeting : contact;
        return act is null ? null : Accepted(situation, offer, act, null);
    }

    private static HandoverMove Accepted(in Situation situation, Episode offer, DateTimeOffset? at, string? person)
    {
        var accepted = offer with { State = HandoverState.AcceptedByAction, DecidedAt = at, DecidedBy = person };
        return new(new(accepted, situation.Accepted, at, person is null ? StepActor.Unknown : StepActor.Person, person), null, null, accepted);
    }
}
