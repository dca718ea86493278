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
                connection, crm, lead, lead.Episode, notice, assessed, ids.New(), now, notice == HandoverNotice.Escalated ? assessed.Rules.Sla.EscalateTo : null))
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
            step = step with { Episode = step.Episode with { FactsAtReturn = assessed.Print.Value } };
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
            Audit = [.. watched.Audit, decided],
            Evidence = evidence,
            Judgement = assessed.Judgement,
            Intents = [intent],
            DueAt = Earlier(watched.DueAt, step.IsOffer ? OfferClock.NextAt(step.Episode, JudgedPolicy.Of(connection, assessed, null), now) : null),
        };
    }

    /// <summary>Tells marketing in the CRM what the lead lacks; no one's move, and of no episode.</summary>
    public JudgedLead Explain(ConnectedCrm connection, CrmLead crm, LeadPass watched, Assessed assessed, DateTimeOffset now)
    {
        var (lead, transition) = (watched.Lead!, ids.New());
        var intent = writer.NotYet.Intent(connection, crm, lead, assessed, transition, now);
        var stage = lead.Stage?.ToString();
        var decided = new AuditDraft(
            AuditKind.Decided, transition, lead.LeadKey, null, stage, stage, null, now, "crmsync", assessed.Rules.Hash, assessed.Evidence.Value.Hash);
        var told = lead with { Memory = lead.Memory with { NotYetPrint = NotYetEffect.Print(assessed) } };
        var said = watched with { Lead = told, Audit = [.. watched.Audit, decided], Intents = [intent] };
        return new(watched, new(said), false);
    }

    /// <summary>The earlier of two instants; null is never.</summary>
    public static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
