using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;
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
    private readonly PassBuilder _passes = new(writer, ids);

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
        var unmerged = lead;
        var closed = new List<LeadActivity>();
        lead = Merging.Absorb(lead, crm, others, audit, closed);
        var (facts, counters) = EngagementWindow.Apply(crm.Facts!, lead.Memory.Counters, now);
        lead = lead with { ObjectKind = crm.ObjectKind, Memory = lead.Memory with { Counters = counters, IsGone = false, OwnerId = crm.OwnerId, BrakeHold = held } };
        var assessed = assessor.Assess(connection.Crm.Mapping, lead, facts, Sighting.AnswerOf(lead, crm), now);
        var sale = SaleOf.Standing(lead.Episode, crm);
        assessed = assessed with { ContactedAt = crm.ContactedAt, OwnDeal = sale, IsDeal = sale is not null && crm.OwnDeal is not null };
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
            Lead = IsDealtWith(lead, crm, move) ? lead with { Memory = lead.Memory with { Wiped = null } } : lead,
            Absorbed = [.. lead.Memory.Absorbed.Except(unmerged.Memory.Absorbed)],
            Aliases = [.. crm.FormerIds.Append(crm.Ref.Id).Where(id => id != lead.LeadId && !IsOther(id))],
            // A lead of its own that was merged into this one ends by itself, once it is looked at.
            Follow = [.. crm.FormerIds.Where(id => IsOther(id) && !Departure.IsSettled(others[id])).Select(id => new InboxEntry($"merged:{id}:{crm.Ref.Id}", id))],
            Audit = audit,
            Activities = [.. closed, .. _passes.Told(connection, crm, lead, move, assessed, now)],
            Evidence = assessed.FactsChanged || Suppresses(audit) ? assessed.Evidence.Value : null,
            Judgement = assessed.FactsChanged ? assessed.Judgement : null,
            FirstContact = ContactOf(lead.Episode, crm.ContactedAt),
            DueAt = PassBuilder.Earlier(move.LookAgainAt, assessed.Evaluation.NextChangeAt),
        };
        if (move.Step is { } wanted)
        {
            return _passes.Step(connection, crm, watched, wanted, assessed, now) with
            {
                Wish = Wishes.Of(crm, lead, wanted, assessed, known?.Memory.BrakeHold, live),
                Instead = refused => JudgeFound(connection, taken, crm, known, others, live, now, refused),
                Refused = MarketingRequests.Read(crm.Fields.GetValueOrDefault(HandoverFields.Request)) is MarketingRequest.Send or MarketingRequest.Dispute
                    ? () => _passes.Refuse(connection, crm, watched, RequestRefusal.OutsidePilot, assessed, now)
                    : null,
            };
        }
        if (lead.Memory.Parked is not null)
            return new(watched, null, false);
        if ((Moved(unmerged, lead, crm, connection.StageOrder, now) ?? (live is null ? null : Carried(lead, crm, connection.StageOrder))) is { } step)
            return _passes.Step(connection, crm, watched, step, assessed, now);
        if (move.Refused is { } refusal)
            return new(watched, new(_passes.Refuse(connection, crm, watched, refusal, assessed, now)), false);
        return live is not null && rulesBefore == assessed.Rules.AgreementHash && PilotGate.LetsIn(connection, crm.Ref.Id, crm.OwnerId) && NotYetEffect.IsDue(connection, lead, assessed, now)
            ? _passes.Explain(connection, crm, watched, assessed, now)
            : new(watched, null, false);
    }

    /// <summary>A word that stands nowhere was explained, or one that stands is decided on, which is the younger.</summary>
    private static bool IsDealtWith(LeadRecord lead, CrmLead crm, HandoverMove move) => Sighting.IsWiped(lead, crm)
        ? move.Notices.Contains(HandoverNotice.NoOpenOffer)
        : move.Step is { } step && Sighting.StandingAnswer(lead, crm) is { } standing && standing == step.Episode.LastAnswer && standing != lead.Episode?.LastAnswer;

    /// <summary>
    /// An open offer, or an acceptance, that came with a merged record is written where people now look for it; so is an
    /// acceptance on whose record the merge laid the deadline of an offer.
    /// </summary>
    private static HandoverStep? Moved(LeadRecord before, LeadRecord after, CrmLead crm, StageOrder order, DateTimeOffset now)
    {
        if (after.Episode is not { IsOver: false } episode || after.Memory.Absorbed.Count == before.Memory.Absorbed.Count || crm.Stage is not { } stage)
            return null;
        var came = episode.MergedFrom is not null && episode.MergedFrom != before.Episode?.MergedFrom;
        return episode.State.IsAccepted() && (came || crm.Fields.ContainsKey(HandoverFields.Due))
            ? new(episode, order.Later(stage, LifecycleStage.SalesAccepted), episode.DecidedAt, StepActor.CrmSync)
            : came && episode.State == HandoverState.AwaitingDecision ? new(episode, stage, now, StepActor.CrmSync) : null;
    }

    /// <summary>What sales had accepted is written into a record that it went into, and that stood further back.</summary>
    private static HandoverStep? Carried(LeadRecord lead, CrmLead crm, StageOrder order) =>
        lead is { Memory.IsBehind: true, Stage: { } stage, Episode: { IsOver: false } episode } && episode.State.IsAccepted()
            && !crm.HasStageOfDeal && Sighting.StageOf(crm) is { } shown && order.IsBefore(shown, stage)
            ? new(episode, stage, episode.DecidedAt, StepActor.CrmSync)
            : null;

    private static FirstContact? ContactOf(Episode? episode, DateTimeOffset? at) =>
        episode is { IsOver: false, OfferedAt: { } offered, Number: var number } && at >= offered ? new(number, at.Value) : null;

    private static bool Suppresses(List<AuditDraft> audit) => audit.Exists(row => row.Kind == AuditKind.Suppressed);

    private static LeadRecord Remember(LeadRecord lead, HandoverMove move, Assessed assessed, List<AuditDraft> audit, DateTimeOffset now)
    {
        var newest = assessed.Evaluation.LatestEvidenceAt;
        if (move.Suppressed is { } why && (why != lead.Memory.Suppressed || (lead.Episode is { IsOver: true } && newest > lead.Memory.SuppressedAct)))
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
                SuppressedAct = move.Suppressed is null ? null : newest,
                NoOfferExplained = move.Step is not { IsOffer: true } && (lead.Memory.NoOfferExplained || move.Notices.Contains(HandoverNotice.NoOpenOffer)),
                FactsHash = assessed.FactsHash,
                EvidenceHash = assessed.FactsChanged ? assessed.Evidence.Value.Hash : lead.Memory.EvidenceHash,
            },
        };
    }
}
