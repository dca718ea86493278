using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Brakes;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// What one reading of one lead leads to. No I/O: the same reading, memory, rules and instant give the same pass, bar the
/// random names.
/// </summary>
internal sealed class LeadJudge(Assessor assessor, HandoverWriter writer, IIds ids)
{
    /// <summary>The facts that the rules in force may ask for.</summary>
    public FactCatalogue Catalogue => assessor.Catalogue;

    /// <param name="live">Since when the connection is live; null in shadow: nothing is decided.</param>
    /// <param name="others">What is remembered under the ids that this reading names: a survivor's, or those merged into it.</param>
    public JudgedLead Judge(
        ConnectedCrm connection, TakenLead taken, CrmReading reading, LeadRecord? known,
        IReadOnlyDictionary<string, LeadRecord> others, DateTimeOffset? live, DateTimeOffset now) =>
        reading switch
        {
            { Lead: { } crm } => JudgeFound(connection, taken, crm, known, others, live, now),
            { Kind: CrmReadingKind.Moved, MovedTo: { } survivor } => Departure.Moved(taken, known, survivor, others.GetValueOrDefault(survivor)),
            _ => Departure.Gone(taken, known),
        };

    private JudgedLead JudgeFound(
        ConnectedCrm connection, TakenLead taken, CrmLead crm, LeadRecord? known, IReadOnlyDictionary<string, LeadRecord> others, DateTimeOffset? live, DateTimeOffset now,
        HeldBack? held = null)
    {
        var audit = new List<AuditDraft>();
        var lead = known is null ? Sighting.First(connection.Name, crm, ids, audit) : Sighting.Again(known, crm, connection.StageOrder, audit, now);
        var offeredBefore = lead.Episode;
        lead = Merging.Absorb(lead, crm, others, audit);
        var (facts, counters) = EngagementWindow.Apply(crm.Facts!, lead.Memory.Counters, now);
        lead = lead with { Memory = lead.Memory with { Counters = counters, IsGone = false, OwnerId = crm.OwnerId, BrakeHold = held } };
        var assessed = assessor.Assess(connection.Crm.Mapping, lead, facts, Sighting.AnswerOf(crm), now);
        assessed = assessed with { ContactedAt = crm.ContactedAt };
        var rulesBefore = lead.Memory.LastJudged?.Rules;
        lead = RuleEdits.Note(lead, assessed);
        var move = live is null || lead.Memory.Parked is not null
            ? new HandoverMove(null, null, null, lead.Episode)
            : NextMove.Of(connection, lead, crm, assessed, live, now);

        lead = RuleEdits.NoteWaiting(Remember(lead, move, assessed, audit, now), move.Step?.Episode, assessed);
        bool IsOther(string id) => others.TryGetValue(id, out var other) && other.LeadKey != lead.LeadKey;
        var watched = new LeadPass
        {
            Taken = taken,
            Lead = lead,
            Aliases = [.. crm.FormerIds.Append(crm.Ref.Id).Where(id => id != lead.LeadId && !IsOther(id))],
            // A lead of its own that was merged into this one ends by itself, once it is looked at.
            Follow = [.. crm.FormerIds.Where(id => IsOther(id) && !others[id].Memory.IsGone).Select(id => new InboxEntry($"merged:{id}:{crm.Ref.Id}", id))],
            Audit = audit,
            Activities = Told(connection, crm, lead, move, assessed, now),
            Evidence = assessed.FactsChanged || Suppresses(audit) ? assessed.Evidence.Value : null,
            Judgement = assessed.FactsChanged ? assessed.Judgement : null,
            DueAt = Earlier(move.LookAgainAt, assessed.Evaluation.NextChangeAt),
        };
        if (move.Step is { } wanted)
        {
            return Step(connection, crm, watched, wanted, assessed, now) with
            {
                Wish = Wishes.Of(crm, lead, wanted, assessed, known?.Memory.BrakeHold, live),
                Instead = refused => JudgeFound(connection, taken, crm, known, others, live, now, refused),
            };
        }
        if (lead.Memory.Parked is not null)
            return new(watched, null, false);
        if (Moved(offeredBefore, lead.Episode, crm, now) is { } step)
            return Step(connection, crm, watched, step, assessed, now);
        return live is not null && rulesBefore == assessed.Rules.AgreementHash && PilotGate.LetsIn(connection, crm.Ref.Id, crm.OwnerId) && NotYetEffect.IsDue(connection, lead, assessed, now)
            ? Explain(connection, crm, watched, assessed, now)
            : new(watched, null, false);
    }

    /// <summary>An open offer that came with a merged record is written where people now look for it.</summary>
    private static HandoverStep? Moved(Episode? before, Episode? after, CrmLead crm, DateTimeOffset now) =>
        after is { State: HandoverState.AwaitingDecision, MergedFrom: not null } && after.MergedFrom != before?.MergedFrom && crm.Stage is { } stage
            ? new(after, stage, now, StepActor.CrmSync)
            : null;

    /// <summary>Notices as changes of the offer's task and as notes; several changes of one task are one.</summary>
    private IReadOnlyList<LeadActivity> Told(ConnectedCrm connection, CrmLead crm, LeadRecord lead, HandoverMove move, Assessed assessed, DateTimeOffset now) =>
    [
        // Those of a step are told by the step's own task.
        .. (move.Step is null ? move.Notices : [])
            .Select(notice => writer.Activities.ForNotice(
                connection, crm, lead, lead.Episode, notice, assessed, ids.New(), now, notice == HandoverNotice.Escalated ? assessed.Rules.Sla.EscalateTo : null))
            .GroupBy(activity => activity.Key)
            .Select(same => same.Aggregate((first, next) => first.Then(next))),
    ];

    private static bool Suppresses(List<AuditDraft> audit) => audit.Exists(row => row.Kind == AuditKind.Suppressed);

    private static LeadRecord Remember(LeadRecord lead, HandoverMove move, Assessed assessed, List<AuditDraft> audit, DateTimeOffset now)
    {
        if (move.Suppressed is { } why && why != lead.Memory.Suppressed)
        {
            audit.Add(new(AuditKind.Suppressed, null, lead.LeadKey, lead.Episode?.Number, lead.Stage?.ToString(), lead.Stage?.ToString(),
                lead.Episode?.AuditState, now, "crmsync", assessed.Rules.Hash, assessed.Evidence.Value.Hash));
        }
        return lead with
        {
            // A step becomes the lead's episode when the CRM has confirmed it, not before.
            Episode = move.Step is null ? move.Episode : lead.Episode,
            Memory = lead.Memory with
            {
                Suppressed = move.Suppressed,
                NoOfferExplained = move.Step is not { IsOffer: true } && (lead.Memory.NoOfferExplained || move.Notices.Contains(HandoverNotice.NoOpenOffer)),
                FactsHash = assessed.FactsHash,
                EvidenceHash = assessed.FactsChanged ? assessed.Evidence.Value.Hash : lead.Memory.EvidenceHash,
            },
        };
    }

    private JudgedLead Step(ConnectedCrm connection, CrmLead crm, LeadPass watched, HandoverStep step, Assessed assessed, DateTimeOffset now)
    {
        var transition = ids.New();
        LeadPass Moved(Assignment? to) => Move(connection, crm, watched, OfferAssigner.Assigned(step, crm, to), to is null ? assessed : assessed.With(to), transition, now) with
        {
            Turn = to?.Turn,
        };
        return new(watched, new(() => Moved(OfferAssigner.OfAcceptance(connection, crm, step))), step.Actor == StepActor.CrmSync && step.ToStage != watched.Lead!.Stage)
        {
            Offer = step.IsOffer ? new(crm, assessed, Moved) : null,
        };
    }

    private LeadPass Move(ConnectedCrm connection, CrmLead crm, LeadPass watched, HandoverStep step, Assessed assessed, string transition, DateTimeOffset now)
    {
        var lead = watched.Lead!;
        // What sales sent back is offered again when it is no longer what sales saw.
        if (step.Episode.State == HandoverState.Returned)
            step = step with { Episode = step.Episode with { FactsAtReturn = assessed.Print.Value } };
        var intent = writer.Intent(connection, crm, lead, step, assessed, transition, now);
        if (lead.Memory.BrakeHold is { } held)
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
            DueAt = Earlier(watched.DueAt, step.IsOffer ? OfferClock.NextAt(step.Episode, HandoverWriter.Policy(connection, assessed, null), now) : null),
        };
    }

    /// <summary>Tells marketing in the CRM what the lead lacks; no one's move, and of no episode.</summary>
    private JudgedLead Explain(ConnectedCrm connection, CrmLead crm, LeadPass watched, Assessed assessed, DateTimeOffset now)
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

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
