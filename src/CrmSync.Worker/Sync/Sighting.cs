using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>What a reading says of a lead, beside what is remembered of it.</summary>
internal static class Sighting
{
    /// <summary>A lead that was never seen before.</summary>
    /// <param name="key">The key that its record bears already; null: a new one.</param>
    public static LeadRecord First(string connection, CrmLead crm, IIds ids, List<AuditDraft> audit, string? key = null)
    {
        var first = new LeadRecord
        {
            LeadKey = key ?? ids.New(),
            Connection = connection,
            ObjectKind = crm.ObjectKind,
            LeadId = crm.Ref.Id,
            Stage = StageOf(crm),
            CrmStage = crm.StageValue,
            Memory = new() { Salt = ids.Salt() },
        };
        audit.Add(Observation.FirstSight(first, crm));
        return first;
    }

    /// <summary>The lead as the CRM now holds it, with a row for what others did to its stage.</summary>
    public static LeadRecord Again(LeadRecord known, CrmLead crm, StageOrder order, List<AuditDraft> audit, DateTimeOffset now)
    {
        if (!Observation.IsForeign(known, crm))
            return Observation.Arrives(known, crm) ? known with { CrmStage = crm.StageValue, Memory = known.Memory with { IsBehind = true } } : known;
        var row = Observation.Change(known, crm);
        audit.Add(row);
        var byAutomation = row.Actor == "automation";
        return known with
        {
            Stage = StageOf(crm),
            CrmStage = crm.StageValue,
            Memory = known.Memory with
            {
                ForeignStageAt = row.At ?? now,
                PersonStageAt = byAutomation ? known.Memory.PersonStageAt : row.At ?? now,
                PersonStageBy = byAutomation ? known.Memory.PersonStageBy : Observation.PersonOf(row),
                PersonStageDated = byAutomation ? known.Memory.PersonStageDated : row.At is not null,
                WorkflowStageAt = Observation.IsByWorkflow(crm) ? row.At : known.Memory.WorkflowStageAt,
                StageByAutomation = byAutomation,
                TakenBackFrom = TakenBackFrom(known, StageOf(crm), order),
                IsBehind = false,
            },
        };
    }

    /// <summary>What these readings show of others' changes to stages, by lead key.</summary>
    public static Dictionary<string, StageChange> StageChanges(
        IReadOnlyList<TakenLead> taken, IReadOnlyList<CrmReading> readings, IReadOnlyDictionary<string, LeadRecord> known)
    {
        var seen = new Dictionary<string, StageChange>();
        foreach (var (lead, reading) in taken.Zip(readings))
        {
            if (reading.Lead is not { } crm || !known.TryGetValue(lead.LeadId, out var before) || !Observation.IsForeign(before, crm))
                continue;
            var row = Observation.Change(before, crm);
            seen[before.LeadKey] = new(row.At, row.FromStage, row.ToStage, row.Actor, Ours: false);
        }
        return seen;
    }

    /// <summary>From which stage an accepted lead was taken back, until it is there again.</summary>
    private static LifecycleStage? TakenBackFrom(LeadRecord known, LifecycleStage? to, StageOrder order)
    {
        if (known.Episode?.State.IsAccepted() != true || known.Stage is not { } was)
            return null;
        var from = known.Memory.TakenBackFrom is { } earlier ? order.Later(earlier, was) : was;
        return to is { } stage && !order.IsBefore(stage, from) ? null : from;
    }

    /// <summary>An empty stage is a lead at its beginning; a value outside the model is left alone.</summary>
    public static LifecycleStage? StageOf(CrmLead crm) =>
        string.IsNullOrEmpty(crm.StageValue) ? LifecycleStage.Lead : crm.Stage;

    public static HandoverSubject Subject(LeadRecord lead, CrmLead crm, UserBook users) => new()
    {
        Stage = lead.Stage,
        Episode = lead.Episode,
        ForeignStageAt = lead.Memory.ForeignStageAt,
        PersonStageAt = lead.Memory.PersonStageAt,
        PersonStageBy = lead.Memory.PersonStageBy,
        WorkflowStageAt = lead.Memory.WorkflowStageAt,
        PersonStageDated = lead.Memory.PersonStageDated,
        StageByAutomation = lead.Memory.StageByAutomation,
        Request = MarketingRequests.Read(crm.Fields.GetValueOrDefault(HandoverFields.Request)),
        TaskCompleted = crm.TaskCompleted,
        TaskGone = crm.TaskGone,
        // One that a write of ours took out of the record is explained each time: whoever gave it does not find it there.
        NoOfferExplained = lead.Memory.NoOfferExplained && !IsWiped(lead, crm),
        TakenBackFrom = lead.Memory.TakenBackFrom,
        SettledUpTo = lead.Memory.SettledUpTo,
        OfferOpenedByEdit = lead.Memory.OfferSettledOn is not null,
        Answer = AnswerOf(lead, crm) is { } answer ? answer with { ByInactive = users.Find(answer.PersonId) is { Active: false } } : null,
    };

    /// <summary>The answer in the record, or the one that our write wiped out of it. Whoever finds the field empty and says the same again had answered then.</summary>
    public static RepAnswer? AnswerOf(LeadRecord lead, CrmLead crm)
    {
        var wiped = lead.Memory.Wiped;
        if (StandingAnswer(lead, crm) is not { } value)
            return wiped is null ? null : new(wiped.Value, CommentOf(lead, crm), wiped.At, wiped.PersonId, false);
        var change = LastOf(crm, value);
        var person = change?.Actor is { Kind: ChangeActorKind.Person, Id: var id } ? id : null;
        var isSame = person is not null && (wiped?.Value, wiped?.PersonId) == (value, person);
        return new(value, CommentOf(lead, crm), isSame ? wiped!.At : InstantOf(lead, crm, change?.At), person, change?.Actor.IsMachine == true);
    }

    /// <summary>The answer that counts stands in the record no more.</summary>
    public static bool IsWiped(LeadRecord lead, CrmLead crm) => lead.Memory.Wiped is not null && StandingAnswer(lead, crm) is null;

    /// <summary>
    /// Two clocks, and the CRM's may tell whole seconds: what stands beside the marker of our offer, and is dated no earlier than
    /// that, came after the offer emptied the field. An offer from a merged record was written here only if the marker is as young.
    /// </summary>
    private static DateTimeOffset? InstantOf(LeadRecord lead, CrmLead crm, DateTimeOffset? told) =>
        lead.Episode is { OfferedAt: { } offered, MergedFrom: var merged } && told < offered && told >= crm.MarkerSince
            && (merged is null || crm.MarkerSince >= offered - TwoClocks.Apart) && lead.Memory.Marker is { } ours && crm.Fields.GetValueOrDefault(HandoverFields.Marker) == ours
            ? offered
            : told;

    /// <summary>The comment that goes with it.</summary>
    public static string? CommentOf(LeadRecord lead, CrmLead crm)
    {
        var standing = crm.Fields.GetValueOrDefault(HandoverFields.DecisionText);
        if (lead.Memory.Wiped is not { } wiped || StandingAnswer(lead, crm) is not null)
            return standing;
        return crm.Fields.ContainsKey(HandoverFields.Decision) ? wiped.Text ?? standing : standing ?? wiped.Text;
    }

    /// <summary>The answer in the record, unless it is the one that we put back: when it was decided on, or with a step that somebody else crossed.</summary>
    public static string? StandingAnswer(LeadRecord lead, CrmLead crm) =>
        crm.Fields.GetValueOrDefault(HandoverFields.Decision) is { } value
        && value != lead.Memory.Wiped?.Under
        && !((value == lead.Episode?.LastAnswer || value == lead.Memory.Wiped?.Value) && LastOf(crm, value)?.Actor.Kind == ChangeActorKind.Integration)
            ? value
            : null;

    private static FieldChange? LastOf(CrmLead crm, string answer) => crm.AnswerHistory?.LastOrDefault(c => c.Value == answer);
}
