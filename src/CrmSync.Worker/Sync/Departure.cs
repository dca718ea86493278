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
    public static JudgedLead Moved(TakenLead taken, LeadRecord? known, string survivor, bool survivorKnown)
    {
        var follow = new InboxEntry($"moved:{taken.LeadId}:{survivor}:{taken.UpTo}", survivor);
        return known is not null && survivorKnown
            ? new(Ended(taken, known, HandoverState.Superseded) with { Follow = [follow] }, null, false)
            : new(new() { Taken = taken, Lead = known, Aliases = known is null ? [] : [survivor], Follow = [follow] }, null, false);
    }

    public static JudgedLead Gone(TakenLead taken, LeadRecord? known) =>
        new(known is null ? new() { Taken = taken } : Ended(taken, known, HandoverState.Withdrawn), null, false);

    /// <summary>The record is no more: what was open and undecided ends, at an instant that nobody observed.</summary>
    private static LeadPass Ended(TakenLead taken, LeadRecord lead, HandoverState state)
    {
        if (lead.Memory.IsGone)
            return new() { Taken = taken };
        var episode = lead.Episode is { } e && e.State.IsOpen() && !e.State.IsAccepted() ? e with { State = state } : lead.Episode;
        var stage = lead.Stage?.ToString();
        return new()
        {
            Taken = taken,
            Lead = lead with { Episode = episode, Memory = lead.Memory with { IsGone = true } },
            Audit = [new(AuditKind.Observed, null, lead.LeadKey, episode?.Number, stage, stage, episode?.State.ToString(), null, "unknown", null, null)],
        };
    }
}
