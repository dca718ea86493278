using CrmSync.Adapters;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>What an effect leaves behind that was written right after somebody else's edit or answer.</summary>
internal static class OverlapSettling
{
    /// <summary>
    /// Written, and somebody else was there just before. An answer that an offer of ours emptied answers that offer. After one that
    /// stands the lead is judged as if nothing had been decided. After a stage it is known as the CRM now shows it, so that the next
    /// pass can take back what no longer holds. The first of two requests has emptied the stage: what stood there is given back.
    /// A request of marketing's that a write went over is given back beside what was written.
    /// </summary>
    public static Settlement Of(IntentRow intent, LeadRecord lead, Overlap overlap, WriteOutcome outcome, DateTimeOffset now)
    {
        var settled = OfStageOrAnswer(intent, lead, overlap, outcome, now);
        return overlap.Request.Value is null
            ? settled
            : settled with { Follow = null, Lost = (settled.Lost ?? new(intent.TransitionId, intent.Step == IntentStep.Clear, intent.LeadId)) with { Request = overlap.Request } };
    }

    private static Settlement OfStageOrAnswer(IntentRow intent, LeadRecord lead, Overlap overlap, WriteOutcome outcome, DateTimeOffset now)
    {
        if (overlap.IsRequestAlone && outcome == WriteOutcome.Applied && intent.Step != IntentStep.Clear)
            return Settling.Applied(intent, lead, now);
        if (overlap.Wiped is { } wiped && outcome == WriteOutcome.Applied)
            return Answered(intent, Settling.Applied(intent, lead, now), wiped);
        var conflict = Settling.Conflict(intent, lead, overlap.Reason, now);
        if (intent.Step == IntentStep.Clear)
            return outcome == WriteOutcome.Applied && Taken(intent, overlap) is { Value: not null } taken
                ? conflict with { Follow = null, Lost = new(intent.TransitionId, true, intent.LeadId) { Stage = taken } }
                : conflict;
        var body = intent.Body;
        var isStanding = outcome == WriteOutcome.Applied && !overlap.IsAnswer;
        var shown = overlap.IsAnswer
            ? lead with { Memory = lead.Memory with { Marker = body.Marker } }
            : conflict.Lead! with { Episode = body.Episode ?? lead.Episode, Memory = conflict.Lead.Memory with { Marker = body.Marker } };
        return conflict with
        {
            Activities = isStanding ? body.Activities ?? [] : [],
            Standing = !overlap.IsAnswer && outcome is WriteOutcome.Applied or WriteOutcome.Unchanged && body.Episode is { } episode ? StandingRow(intent, lead.Episode, episode, outcome == WriteOutcome.Applied) : null,
            Lead = outcome == WriteOutcome.Applied ? shown with { Stage = body.ToStage ?? lead.Stage, CrmStage = body.TargetStage } : shown,
        };
    }

    /// <summary>The hand-over goes on by what we wrote: whoever was accepted was so when sales said it, and not when somebody next touches the lead.</summary>
    /// <param name="moved">The stage was there as well; otherwise the fields alone were taken.</param>
    private static AuditDraft StandingRow(IntentRow intent, Episode? before, Episode after, bool moved)
    {
        var isNew = (before?.Number, before?.State) != (after.Number, after.State);
        var at = !isNew ? null : after.State == HandoverState.AwaitingDecision ? after.OfferedAt : after.State.IsAccepted() || after.State.IsOpen() || after.State is HandoverState.Rejected or HandoverState.Disqualified ? after.DecidedAt : null;
        return new(AuditKind.Observed, null, intent.LeadKey, after.Number, intent.Body.FromStage?.ToString(), (moved ? intent.Body.ToStage : intent.Body.FromStage)?.ToString(), after.AuditState,
            at ?? intent.CreatedAt, intent.Body.Actor, null, null);
    }

    private static ToldValue Taken(IntentRow clear, Overlap overlap) => overlap.IsAnswer ? new(clear.Body.ExpectedStage) : overlap.Taken;

    /// <summary>The offer stands, and its answer is known although the record no longer shows it.</summary>
    private static Settlement Answered(IntentRow offer, Settlement applied, WipedAnswer answer)
    {
        // Two clocks: it came after the offer was decided, whatever they say.
        var at = offer.Body.Episode?.OfferedAt is { } offered && answer.At < offered ? offered : answer.At;
        return applied with
        {
            Lead = applied.Lead! with { Memory = applied.Lead.Memory with { Wiped = answer with { At = at } } },
            Follow = Settling.LookAgain(offer),
        };
    }
}
