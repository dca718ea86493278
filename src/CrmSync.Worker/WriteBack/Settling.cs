using CrmSync.Adapters;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>What each end of an effect leaves behind: the intent's last state, the terminal audit row, the lead.</summary>
internal static class Settling
{
    /// <summary>What the adapter's answer to a write means.</summary>
    public static Settlement Written(IntentRow intent, LeadRecord lead, LeadWriteResult result, TimeSpan settleTime, DateTimeOffset now) =>
        result.Outcome switch
        {
            WriteOutcome.Applied => Applied(intent, lead, result.At ?? now),
            // Who was shown the record a moment ago may be shown it again: readers and writers of a CRM are not of one mind at once.
            WriteOutcome.Gone => (intent.Step == IntentStep.Set ? Conflict(intent, lead, "the record went between our two requests", now) : Gone(intent, now, result.Reason)) with { Follow = null, LookAt = now + settleTime },
            WriteOutcome.Unchanged => Refused(intent, result.Reason ?? "the CRM answered success and kept its old stage", now),
            WriteOutcome.Refused => Refused(intent, result.Reason ?? "the CRM refused it", now),
            WriteOutcome.NotSent => new(intent with { NotBefore = now + Patience(now - intent.CreatedAt), Reason = result.Reason }),
            _ => new(intent with
            {
                State = IntentState.Unknown,
                Sends = intent.Sends + 1,
                Reads = 0,
                NotBefore = now + settleTime,
                Reason = result.Reason,
            }),
        };

    /// <summary>What could not be sent for long is tried seldom: each try costs a guarding read.</summary>
    private static TimeSpan Patience(TimeSpan waited) => TimeSpan.FromSeconds(Math.Clamp(waited.TotalSeconds / 8, 15, 300));

    public static Settlement Applied(IntentRow intent, LeadRecord lead, DateTimeOffset at)
    {
        var body = intent.Body;
        var memory = lead.Memory with
        {
            Marker = body.Marker,
            Wiped = lead.Memory.Wiped is { } wiped && Counts(wiped, lead.Episode, body.Episode) ? wiped : null,
            // What was taken back from sales before holds for that hand-over, not for one that begins anew.
            TakenBackFrom = body.Episode is { } episode && episode.Number != lead.Episode?.Number ? null : lead.Memory.TakenBackFrom,
        };
        if (intent.Step == IntentStep.Clear)
        {
            return new(Ended(intent, IntentState.Applied, null, at))
            {
                Lead = lead with { CrmStage = null, Memory = memory },
                Next = SecondStep(intent, at),
            };
        }
        return new(Ended(intent, IntentState.Applied, null, at))
        {
            Audit = Row(AuditKind.Applied, intent, at),
            Activities = body.Activities ?? [],
            Lead = lead with
            {
                Stage = body.ToStage ?? lead.Stage,
                CrmStage = body.StageStep == StageStep.Set ? body.TargetStage : lead.CrmStage,
                Episode = body.Episode ?? lead.Episode,
                Memory = memory,
            },
        };
    }

    /// <summary>
    /// Whether a word that stands nowhere is still to be looked at after this step: an offer asks anew, what was decided on it or after it is
    /// done with, what lacked its reason was asked back, and what ends an acceptance ends every word before it.
    /// </summary>
    private static bool Counts(WipedAnswer wiped, Episode? before, Episode? episode) =>
        episode is null || (episode.State != HandoverState.AwaitingDecision && episode.LastAnswer != wiped.Value && !(episode.DecidedAt > wiped.At)
            && episode.IncompleteToldAt is null && !(episode.IsOver && before?.State.IsAccepted() == true));

    /// <summary>The record is no more: the lead is looked at once more, so that what was open of it ends.</summary>
    /// <param name="reason">What the CRM says of it; null: it was deleted.</param>
    public static Settlement Gone(IntentRow intent, DateTimeOffset now, string? reason = null) =>
        new(Ended(intent, IntentState.Gone, reason ?? "the record was deleted", now))
        {
            Audit = Row(AuditKind.Gone, intent, now),
            Follow = LookAgain(intent),
        };

    /// <summary>Not sent: the lead is no longer as judged, and is judged again.</summary>
    public static Settlement Superseded(IntentRow intent, string reason, DateTimeOffset now) =>
        new(Ended(intent, IntentState.Superseded, reason, now))
        {
            Audit = Row(AuditKind.Superseded, intent, now),
            Follow = LookAgain(intent),
        };

    /// <summary>Refused by the CRM itself: a person must look, so the lead rests in quarantine.</summary>
    public static Settlement Refused(IntentRow intent, string reason, DateTimeOffset now) =>
        new(Ended(intent, IntentState.Refused, reason, now))
        {
            Audit = Row(AuditKind.Refused, intent, now),
            Quarantine = reason,
        };

    /// <summary>Somebody else was faster; the CRM's value holds, and the lead is judged again.</summary>
    public static Settlement Conflict(IntentRow intent, LeadRecord lead, string reason, DateTimeOffset now) =>
        new(Ended(intent, IntentState.Conflict, reason, now))
        {
            Audit = Row(AuditKind.Conflict, intent, now),
            // What stood in the way of a text says nothing of the stage.
            Lead = intent.Body.Episode is null ? lead : lead with { Memory = lead.Memory with { ForeignStageAt = now } },
            Follow = LookAgain(intent),
        };

    private static IntentRow SecondStep(IntentRow clear, DateTimeOffset at)
    {
        var marker = clear.Body.Marker[..^".c".Length];
        return clear with
        {
            Step = IntentStep.Set,
            State = IntentState.Pending,
            CreatedAt = at,
            NotBefore = at,
            SettledAt = null,
            Reason = null,
            Sends = 0,
            Reads = 0,
            Body = clear.Body with
            {
                StageStep = StageStep.Set,
                Marker = marker,
                ExpectedStage = null,
                ExpectedMarker = clear.Body.Marker,
                // The first request took the wish that was followed: one that stands there now came later.
                Fields = new Dictionary<string, string?>(clear.Body.Fields.Where(f => f.Key != Leads.Fields.HandoverFields.Request)) { [Leads.Fields.HandoverFields.Marker] = marker },
            },
        };
    }

    private static IntentRow Ended(IntentRow intent, IntentState state, string? reason, DateTimeOffset at) =>
        intent with { State = state, SettledAt = at, Reason = reason };

    public static InboxEntry LookAgain(IntentRow intent) =>
        new($"settled:{intent.TransitionId}:{intent.Step}", intent.LeadId);

    private static AuditDraft Row(AuditKind kind, IntentRow intent, DateTimeOffset at) => new(
        kind, intent.TransitionId, intent.LeadKey, intent.Body.Episode?.Number,
        intent.Body.FromStage?.ToString(), intent.Body.ToStage?.ToString(), intent.Body.Episode?.AuditState,
        at, intent.Body.Actor, intent.Body.RuleSetHash, intent.Body.EvidenceHash);
}
