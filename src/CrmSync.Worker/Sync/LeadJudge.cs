using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;
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
    /// <param name="survivorKnown">The record this one was merged into is a lead of its own.</param>
    public JudgedLead Judge(
        ConnectedCrm connection, TakenLead taken, CrmReading reading, LeadRecord? known, bool survivorKnown, DateTimeOffset? live, DateTimeOffset now) =>
        reading switch
        {
            { Lead: { } crm } => JudgeFound(connection, taken, crm, known, live, now),
            { Kind: CrmReadingKind.Moved, MovedTo: { } survivor } => Moved(taken, known, survivor, survivorKnown),
            _ => Gone(taken, known),
        };

    private JudgedLead JudgeFound(ConnectedCrm connection, TakenLead taken, CrmLead crm, LeadRecord? known, DateTimeOffset? live, DateTimeOffset now)
    {
        var audit = new List<AuditDraft>();
        var lead = Sighted(connection, crm, known, audit, now);
        var (facts, counters) = EngagementWindow.Apply(crm.Facts!, lead.Memory.Counters, now);
        lead = lead with { Memory = lead.Memory with { Counters = counters, IsGone = false } };
        var assessed = assessor.Assess(lead, facts, AnswerOf(crm), now);
        var move = live is null
            ? new HandoverMove(null, null, null, lead.Episode)
            : HandoverProcess.Next(Subject(lead, crm), assessed.Assessment, HandoverWriter.Policy(connection, assessed.Rules, live), now);

        lead = Remember(lead, move, assessed, audit, now);
        var watched = new LeadPass
        {
            Taken = taken,
            Lead = lead,
            Aliases = [.. crm.FormerIds.Append(crm.Ref.Id).Where(id => id != lead.LeadId)],
            Audit = audit,
            Evidence = assessed.FactsChanged || Suppresses(audit) ? assessed.Evidence.Value : null,
            Judgement = assessed.FactsChanged ? assessed.Judgement : null,
            DueAt = Earlier(move.LookAgainAt, assessed.Evaluation.NextChangeAt),
        };
        return move.Step is { } step ? Step(connection, crm, watched, step, assessed, now) : new(watched, null, false);
    }

    private static bool Suppresses(List<AuditDraft> audit) => audit.Exists(row => row.Kind == AuditKind.Suppressed);

    /// <summary>The lead as the CRM now holds it, with a row for what others did to its stage.</summary>
    private LeadRecord Sighted(ConnectedCrm connection, CrmLead crm, LeadRecord? known, List<AuditDraft> audit, DateTimeOffset now)
    {
        if (known is null)
        {
            var first = new LeadRecord
            {
                LeadKey = ids.New(),
                Connection = connection.Name,
                ObjectKind = crm.ObjectKind,
                LeadId = crm.Ref.Id,
                Stage = StageOf(crm),
                CrmStage = crm.StageValue,
                Memory = new() { Salt = ids.New() + ids.New() },
            };
            audit.Add(Observation.FirstSight(first, crm));
            return first;
        }
        if (!Observation.IsForeign(known, crm))
            return known;
        var row = Observation.Change(known, crm);
        audit.Add(row);
        return known with
        {
            Stage = StageOf(crm),
            CrmStage = crm.StageValue,
            Memory = known.Memory with { ForeignStageAt = row.At ?? now, TakenBackFrom = TakenBackFrom(known, StageOf(crm)) },
        };
    }

    /// <summary>From which stage an accepted lead was taken back, until it is there again.</summary>
    private static Leads.LifecycleStage? TakenBackFrom(LeadRecord known, Leads.LifecycleStage? to)
    {
        if (known.Episode?.State.IsAccepted() != true)
            return null;
        var from = known.Memory.TakenBackFrom > known.Stage ? known.Memory.TakenBackFrom : known.Stage;
        return to >= from ? null : from;
    }

    /// <summary>An empty stage is a lead at its beginning; a value outside the model is left alone.</summary>
    private static Leads.LifecycleStage? StageOf(CrmLead crm) =>
        string.IsNullOrEmpty(crm.StageValue) ? Leads.LifecycleStage.Lead : crm.Stage;

    private static HandoverSubject Subject(LeadRecord lead, CrmLead crm) => new()
    {
        Stage = lead.Stage,
        Episode = lead.Episode,
        ForeignStageAt = lead.Memory.ForeignStageAt,
        TakenBackFrom = lead.Memory.TakenBackFrom,
        Answer = AnswerOf(crm),
    };

    private static RepAnswer? AnswerOf(CrmLead crm)
    {
        if (!crm.Fields.TryGetValue(HandoverFields.Decision, out var value))
            return null;
        var change = crm.AnswerHistory?.LastOrDefault(c => c.Value == value);
        return new(value, crm.Fields.GetValueOrDefault(HandoverFields.DecisionText), change?.At,
            change?.Actor is { Kind: ChangeActorKind.Person, Id: var person } ? person : null,
            change?.Actor.Kind is ChangeActorKind.Automation or ChangeActorKind.Integration);
    }

    private static LeadRecord Remember(LeadRecord lead, HandoverMove move, Assessed assessed, List<AuditDraft> audit, DateTimeOffset now)
    {
        if (move.Suppressed is { } why && why != lead.Memory.Suppressed)
        {
            audit.Add(new(AuditKind.Suppressed, null, lead.LeadKey, lead.Episode?.Number, lead.Stage?.ToString(), lead.Stage?.ToString(),
                lead.Episode?.State.ToString(), now, "crmsync", assessed.Rules.Hash, assessed.Evidence.Value.Hash));
        }
        return lead with
        {
            // A step becomes the lead's episode when the CRM has confirmed it, not before.
            Episode = move.Step is null ? move.Episode : lead.Episode,
            Memory = lead.Memory with
            {
                Suppressed = move.Suppressed,
                FactsHash = assessed.FactsHash,
                EvidenceHash = assessed.FactsChanged ? assessed.Evidence.Value.Hash : lead.Memory.EvidenceHash,
            },
        };
    }

    private JudgedLead Step(ConnectedCrm connection, CrmLead crm, LeadPass watched, HandoverStep step, Assessed assessed, DateTimeOffset now)
    {
        var lead = watched.Lead!;
        var transition = ids.New();
        var intent = writer.Intent(connection, crm, lead, step, assessed, transition, now);
        var decided = new AuditDraft(
            AuditKind.Decided, transition, lead.LeadKey, step.Episode.Number, lead.Stage?.ToString(), step.ToStage.ToString(),
            step.Episode.State.ToString(), step.At, intent.Body.Actor, assessed.Rules.Hash, assessed.Evidence.Value.Hash);
        var moved = watched with
        {
            Audit = [.. watched.Audit, decided],
            Evidence = assessed.Evidence.Value,
            Judgement = assessed.Judgement,
            Intents = [intent],
            DueAt = Earlier(watched.DueAt, step.IsOffer ? HandoverWriter.ExpiryOf(step.Episode, connection, assessed.Rules) : null),
        };
        return new(watched, moved, step.Actor == StepActor.CrmSync && step.ToStage != lead.Stage);
    }

    /// <summary>
    /// Merged or converted: the survivor is looked at instead. One that was not known before is this lead under a new id;
    /// beside one that was, this lead's open hand-over is over.
    /// </summary>
    private static JudgedLead Moved(TakenLead taken, LeadRecord? known, string survivor, bool survivorKnown)
    {
        var follow = new InboxEntry($"moved:{taken.LeadId}:{survivor}:{taken.UpTo}", survivor);
        return known is not null && survivorKnown
            ? new(Ended(taken, known, HandoverState.Superseded) with { Follow = [follow] }, null, false)
            : new(new() { Taken = taken, Lead = known, Aliases = known is null ? [] : [survivor], Follow = [follow] }, null, false);
    }

    private static JudgedLead Gone(TakenLead taken, LeadRecord? known) =>
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

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;
}
