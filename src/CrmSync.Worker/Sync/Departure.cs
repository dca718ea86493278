using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>What becomes of a lead whose record is no longer where it was.</summary>
internal static class Departure
{
    /// <summary>
    /// Merged or converted: the survivor is looked at instead. One that was not known before is this lead under a new id;
    /// beside one that was, this lead's open hand-over is over.
    /// </summary>
    /// <param name="survivor">What is remembered under the survivor's id; null when it was not known before.</param>
    public static JudgedLead Moved(TakenLead taken, LeadRecord? known, string survivorId, LeadRecord? survivor)
    {
        var follow = new InboxEntry($"moved:{taken.LeadId}:{survivorId}:{taken.UpTo}", survivorId);
        // The id means the survivor already: nothing of it may end.
        if (known is null || known.LeadKey == survivor?.LeadKey)
            return new(new() { Taken = taken, Follow = [follow] }, null, false);
        return survivor is not null
            ? new(Merged(taken, known) with { Follow = [follow], Activities = known.Memory.IsGone ? [] : Merging.Closed(known, survivorId) }, null, false)
            : new(new() { Taken = taken, Lead = known, Aliases = [survivorId], Follow = [follow] }, null, false);
    }

    /// <summary>Deleted or archived; or merged into a record that is gone itself, so that nothing tells of the merge any more.</summary>
    public static JudgedLead Gone(TakenLead taken, LeadRecord? known) =>
        new(known is null ? new() { Taken = taken } : known.Memory.AbsorbedBy is null ? Ended(taken, known, HandoverState.Withdrawn) : Merged(taken, known), null, false);

    /// <summary>
    /// Nothing of it goes on. What sales had accepted does where its record merely went, for its survivor was not to be seen then: once that
    /// one is back from the bin it has the hand-over, and only one of the two counts.
    /// </summary>
    public static bool IsSettled(LeadRecord lead) => lead is { Memory.IsGone: true, Episode: null or { IsOver: true } };

    /// <summary>Beside a survivor that was known: its open episode is over here, and goes on there, with a task of its own, or nowhere.</summary>
    private static LeadPass Merged(TakenLead taken, LeadRecord lead)
    {
        if (IsSettled(lead))
            return new() { Taken = taken };
        var episode = lead.Episode is { IsOver: false } open ? HandoverTable.Merged(open) : lead.Episode;
        var memory = (lead.Episode is { IsOver: false } left ? Merging.WithMergedAway(lead.Memory, left) : lead.Memory) with { IsGone = true, MergedEpisode = lead.Episode };
        return Ended(taken, lead with { Episode = episode, Memory = memory });
    }

    /// <summary>The record is no more: what was open and undecided ends, at an instant that nobody observed.</summary>
    private static LeadPass Ended(TakenLead taken, LeadRecord lead, HandoverState state)
    {
        if (lead.Memory.IsGone)
            return new() { Taken = taken };
        // The state that the table has for each: a lead that was sent back lapses.
        var episode = lead.Episode is { IsOver: false } e && !e.State.IsAccepted()
            ? e with { State = e.State == HandoverState.Returned ? HandoverState.Expired : state }
            : lead.Episode;
        return Ended(taken, lead with { Episode = episode, Memory = lead.Memory with { IsGone = true } });
    }

    private static LeadPass Ended(TakenLead taken, LeadRecord lead)
    {
        var stage = lead.Stage?.ToString();
        return new()
        {
            Taken = taken,
            Lead = lead,
            Audit =
            [
                new(AuditKind.Observed, null, lead.LeadKey, lead.Episode?.Number, stage, stage, lead.Episode?.AuditState, null, "unknown", null, null),
            ],
        };
    }
}
