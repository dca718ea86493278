using CrmSync.Adapters;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>Makes of a judged step, or of what is to be told, what is recorded and written for it.</summary>
internal sealed class PassBuilder(HandoverWriter writer, IIds ids)
{
    /// <summary>Notices as changes of the offer's task and as notes; several changes of one task are one.</summary>
    public IReadOnlyList<LeadActivity> Told(ConnectedCrm connection, CrmLead crm, LeadRecord lead, HandoverMove move, Assessed assessed, DateTimeOffset now) =>
    [
        // Those of a step are told by the step's own task.
        .. (move.Step is null ? move.Notices : [])
            .Select(notice => writer.Activities.ForNotice(
                connection, crm, lead, lead.Episode, notice, assessed, ids.New(), now, notice == HandoverNotice.Escalated ? lead.Episode?.EscalatedTo : null))
            .GroupBy(activity => activity.Key)
            .Select(same => same.Aggregate((first, next) => first.Then(next))),
    ];

    /// <summary>The pass that takes a step, once it is allowed; an offer first wants somebody to go to.</summary>
    public JudgedLead Step(ConnectedCrm connection, CrmLead crm, LeadPass watched, HandoverStep step, Assessed assessed, DateTimeOffset now)
    {
        var transition = ids.New();
        LeadPass Moved(Assignment? to) => Move(connection, crm, watched, OfferAssigner.Assigned(step, crm, to), to is null ? assessed : assessed.With(to), transition, now) with
        {
            Turn = to?.Turn,
        };
        return new(watched, new(() => Moved(OfferAssigner.OfAcceptance(connection, crm, step))), step.Actor == StepActor.CrmSync && step.ToStage != watched.Lead!.Stage)
        {
            Offer = step.IsOffer ? new(crm, step, assessed, Moved) : null,
        };
    }

    private LeadPass Move(ConnectedCrm connection, CrmLead crm, LeadPass watched, HandoverStep step, Assessed assessed, string transition, DateTimeOffset now)
    {
        var lead = watched.Lead!;
        // What sales sent back is offered again when it is no longer what sales saw.
        if (step.Episode.State == HandoverState.Returned)
            step = step with { Episode = step.Episode with { DataAtReturn = assessed.DataPrint.Value } };
        var intent = writer.Intent(connection, crm, lead, step, assessed, transition, now);
        if (lead.Memory.BrakeHold is { } held && !step.IsOffer)
            intent = intent with { Body = intent.Body with { Fields = Wishes.WithReason(intent.Body.Fields, held, connection) } };
        var evidence = assessed.Evidence.Value;
        var decided = new AuditDraft(
            AuditKind.Decided, transition, lead.LeadKey, step.Episode.Number, lead.Stage?.ToString(), step.ToStage.ToString(),
            step.Episode.AuditState, step.At, intent.Body.Actor, assessed.Rules.Hash, evidence.Hash);
        return watched with
        {
            Lead = assessed.FactsChanged ? lead with { Memory = lead.Memory with { EvidenceHash = evidence.Hash } } : lead,
            // What was noted of the same judgement stands on the evidence that is kept of it.
            Audit = [.. watched.Audit.Select(row => row.EvidenceHash is null ? row : row with { EvidenceHash = evidence.Hash }), decided],
            Evidence = evidence,
            Judgement = assessed.Judgement,
            Intents = [intent],
            DueAt = Earlier(watched.DueAt, step.IsOffer ? OfferClock.NextAt(step.Episode, JudgedPolicy.Of(connection, assessed, null), now) : null),
        };
    }

    /// <summary>Tells marketing in the CRM what the lead lacks; no one's move, and of no episode.</summary>
    public JudgedLead Explain(ConnectedCrm connection, CrmLead crm, LeadPass watched, Assessed assessed, DateTimeOffset now)
    {
        var lead = watched.Lead!;
        var told = lead with { Memory = lead.Memory with { NotYetPrint = NotYetEffect.Print(assessed) } };
        return new(watched, new(Said(watched, told, writer.NotYet.Intent(connection, crm, lead, assessed, ids.New(), now))), false);
    }

    /// <summary>Answers marketing's request on which no step follows; no one's move, and of no episode.</summary>
    public LeadPass Refuse(ConnectedCrm connection, CrmLead crm, LeadPass watched, RequestRefusal refusal, Assessed assessed, DateTimeOffset now)
    {
        var lead = watched.Lead!;
        var judged = watched with { Evidence = assessed.Evidence.Value, Judgement = assessed.Judgement };
        return Said(judged, RequestEffect.Noted(lead, refusal, now), writer.Requests.Intent(connection, crm, lead, refusal, assessed, ids.New(), now));
    }

    /// <summary>A pass that writes something beside the hand-over.</summary>
    private static LeadPass Said(LeadPass watched, LeadRecord lead, IntentRow intent)
    {
        var stage = lead.Stage?.ToString();
        var decided = new AuditDraft(
            AuditKind.Decided, intent.TransitionId, lead.LeadKey, null, stage, stage, null, intent.CreatedAt, "crmsync", intent.Body.RuleSetHash, intent.Body.EvidenceHash);
        return watched with { Lead = lead, Audit = [.. watched.Audit, decided], Intents = [intent] };
    }

    /// <summary>The earlier of two instants; null is never.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
