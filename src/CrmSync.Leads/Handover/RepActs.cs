namespace CrmSync.Leads.Handover;

/// <summary>
/// What a rep did in place of answering, where the rule file takes it for a yes. Its instant is the one that the CRM tells,
/// or unknown.
/// </summary>
internal static class RepActs
{
    public static HandoverMove? Acceptance(in Turn turn, Episode offer)
    {
        var accept = turn.Policy.Accept;
        if (accept.OnStageMoved && turn.IsMovedOn(offer))
            return Accepted(turn, offer, turn.Subject.PersonStageDated ? turn.Subject.PersonStageAt : null, turn.Subject.PersonStageBy);
        DateTimeOffset? contact = accept.OnFirstContact && turn.Assessment.ContactedAt >= offer.OfferedAt ? turn.Assessment.ContactedAt : null;
        DateTimeOffset? meeting = accept.OnMeetingBooked && turn.Assessment.MeetingBookedAt >= offer.OfferedAt ? turn.Assessment.MeetingBookedAt : null;
        var act = contact is null || meeting < contact ? meeting : contact;
        return act is null ? null : Accepted(turn, offer, act, null);
    }

    private static HandoverMove Accepted(in Turn turn, Episode offer, DateTimeOffset? at, string? person)
    {
        var accepted = offer with { State = HandoverState.AcceptedByAction, DecidedAt = at, DecidedBy = person };
        return new(new(accepted, turn.Accepted, at, person is null ? StepActor.Unknown : StepActor.Person, person), null, null, accepted);
    }
}
