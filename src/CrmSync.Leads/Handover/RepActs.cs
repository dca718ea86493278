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
            return Accepted(situation, offer, MovedAt(situation.Subject, offer), situation.Subject.PersonStageBy);
        DateTimeOffset? contact = accept.OnFirstContact && situation.Assessment.ContactedAt >= offer.OfferedAt ? situation.Assessment.ContactedAt : null;
        DateTimeOffset? meeting = accept.OnMeetingBooked && situation.Assessment.MeetingBookedAt >= offer.OfferedAt ? situation.Assessment.MeetingBookedAt : null;
        var act = contact is null || meeting < contact ? meeting : contact;
        return act is null ? null : Accepted(situation, offer, act, null);
    }

    /// <summary>A record that the lead went into may have stood there long before the offer: that accepted nothing then.</summary>
    private static DateTimeOffset? MovedAt(HandoverSubject subject, Episode offer) =>
        !subject.PersonStageDated || subject.PersonStageAt < offer.OfferedAt - TwoClocks.Apart ? null : subject.PersonStageAt;

    private static HandoverMove Accepted(in Situation situation, Episode offer, DateTimeOffset? at, string? person)
    {
        var accepted = offer with { State = HandoverState.AcceptedByAction, DecidedAt = at, DecidedBy = person };
        return new(new(accepted, situation.Accepted, at, person is null ? StepActor.Unknown : StepActor.Person, person), null, null, accepted);
    }
}
