using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.WriteBack;

namespace CrmSync.Worker.Sync;

/// <summary>One lost edit, the write of ours that it was lost to, and the record as it now stands; null: it is gone, or goes on as another one.</summary>
internal sealed record Amend(ConnectedCrm Connection, CrmLead? Crm, IntentRow Ours, LostEdit Edit, DateTimeOffset Now)
{
    /// <summary>What we wrote to the record since, one after another; null: what stands there does not come from that write.</summary>
    public IReadOnlyList<IntentRow>? Since { get; init; }

    /// <summary>A later write of ours was run into by a request as well, and that one counts.</summary>
    public bool IsFollowed { get; init; }

    private LifecycleStage? Stage => Edit.Stage is { Value: { } value } ? Connection.Adapter.Stages.StageOf(value) : null;

    /// <summary>What our write left as the stage: the first of two requests, of which no second followed, left none.</summary>
    private (string? Value, LifecycleStage? Stage) Left => Ours.Step == IntentStep.Clear ? (null, LifecycleStage.Lead) : (Ours.Body.TargetStage, Ours.Body.ToStage);

    /// <summary>Nobody has changed the stage since our write.</summary>
    private bool IsStageOurs => Crm is null || Crm.StageValue == Left.Value;

    /// <summary>Nobody has set a request since our write, which emptied the field or gave another one back.</summary>
    private bool IsRequestOurs(CrmLead crm) => crm.Fields.GetValueOrDefault(HandoverFields.Request) == Ours.Body.Fields.GetValueOrDefault(HandoverFields.Request);

    /// <summary>A request that stands nowhere any more, and is not given back, as the lead went on before we were told of it or is parked. Null: there is none.</summary>
    public MarketingRequest? Overtaken(LeadRecord lead) =>
        Crm is { } crm && IsRequestLost(crm) && (lead.Memory.Parked is not null || !MayGiveBack(crm)) ? MarketingRequests.Read(Edit.Request?.Value) : null;

    private bool IsRequestLost(CrmLead crm) => IsRequestOurs(crm) && Edit.Request is { Value: { } request } && request != crm.Fields.GetValueOrDefault(HandoverFields.Request);

    private bool IsLast(CrmLead crm) => WriteGuard.MarkerOf(crm) == Ours.Body.Marker;

    /// <summary>We may have written to the lead again before we were told: it is still marketing's wish, unless one of those writes answers it.</summary>
    private bool MayGiveBack(CrmLead crm) =>
        !IsFollowed && (IsLast(crm) || (Since is { } since && !IsFulfilledBy(Ours) && since.All(IsBeside)));

    /// <summary>It found the field as we had left it, left it so, and says nothing of what sales answered since or was asked.</summary>
    private bool IsBeside(IntentRow next)
    {
        var left = Ours.Body.Fields.GetValueOrDefault(HandoverFields.Request);
        return next.Body.ExpectedRequest == left && next.Body.Fields.GetValueOrDefault(HandoverFields.Request, left) == left && !IsFulfilledBy(next)
            && !(next.Body.Episode?.DecidedAt is { } decided && decided >= Ours.CreatedAt && decided != Ours.Body.Episode?.DecidedAt);
    }

    private bool IsFulfilledBy(IntentRow effect) => Edit.Request?.Value is "send" or "dispute" && effect.Body.Episode?.OfferedAt >= Ours.CreatedAt;

    private string Actor => (Edit.Stage?.PersonId ?? Edit.Request?.PersonId) is { } person ? $"person:{person}" : "unknown";

    /// <summary>The lead with what is known of the edit: a stage as one that somebody set after ours, an answer as one that our write wiped.</summary>
    public LeadRecord Tell(LeadRecord lead, List<AuditDraft> audit)
    {
        if (Edit.Stage is { } stage)
        {
            var at = stage.At is { } told ? Between(told) : (DateTimeOffset?)null;
            var actor = stage.PersonId is { } person ? new ChangeActor(ChangeActorKind.Person, person) : ChangeActor.Unknown;
            var then = new CrmLead { Ref = new(lead.Connection, lead.LeadId), ObjectKind = lead.ObjectKind, StageValue = stage.Value, Stage = Stage, StageSince = at, StageHistory = at is { } since ? [new(stage.Value, since, actor)] : null };
            lead = Sighting.Again(lead, then, Connection.StageOrder, audit, Now);
        }
        // Of an offer that was followed by another one nothing is to be answered any more.
        if (Edit.Answer is { Value: { } answer } given && lead.Episode is { } episode && (episode.Number, episode.OfferedAt) == (Ours.Body.Episode?.Number, Ours.Body.Episode?.OfferedAt))
        {
            lead = lead with { Memory = lead.Memory with { Wiped = new(answer, Between(given.At ?? Now), given.PersonId, Edit.Comment, Ours.Body.Fields.GetValueOrDefault(HandoverFields.Decision)) } };
        }
        return lead;
    }

    /// <summary>Two clocks: it came after what we decided and before this look, whatever they say.</summary>
    private DateTimeOffset Between(DateTimeOffset at) => at < Ours.CreatedAt ? Ours.CreatedAt : at > Now ? Now : at;

    /// <summary>Whether the stage is put back; what is not is told of before anything else is decided (<see cref="GiveUp"/>).</summary>
    public bool RestoresStage(LeadRecord lead) =>
        Crm is { } crm && lead.Memory.Parked is null && IsLast(crm) && Edit.Stage is { Value: { } stage } && IsStageOurs && stage != Left.Value;

    /// <summary>What puts stage and request back; null where there is nothing to put back, or the record has changed since our write.</summary>
    public IntentRow? Restore(LeadRecord lead, string connection, string storeId, string transition)
    {
        if (Crm is not { } crm || lead.Memory.Parked is not null)
            return null;
        var isStage = RestoresStage(lead);
        var isRequest = IsRequestLost(crm) && MayGiveBack(crm);
        if (!isStage && !isRequest)
            return null;
        var text = new EffectMarker(storeId, lead.LeadKey, transition, Clears: false).ToString();
        var fields = new Dictionary<string, string?> { [HandoverFields.Marker] = text };
        if (isRequest)
            fields[HandoverFields.Request] = Edit.Request!.Value.Value;
        return new()
        {
            TransitionId = transition, Connection = connection, LeadKey = lead.LeadKey, LeadId = crm.Ref.Id, CreatedAt = Now, NotBefore = Now,
            Body = new()
            {
                StageStep = isStage ? StageStep.Set : StageStep.Keep,
                FromStage = isStage ? Left.Stage : lead.Stage,
                ToStage = isStage ? Stage : lead.Stage,
                Actor = Actor,
                RuleSetHash = Ours.Body.RuleSetHash,
                EvidenceHash = Ours.Body.EvidenceHash,
                Marker = text,
                TargetStage = isStage ? Edit.Stage!.Value.Value : crm.StageValue,
                ExpectedStage = crm.StageValue,
                ExpectedMarker = WriteGuard.MarkerOf(crm),
                ExpectedAnswer = WriteGuard.AnswerOf(crm),
                ExpectedRequest = crm.Fields.GetValueOrDefault(HandoverFields.Request),
                Fields = fields,
            },
        };
    }

    public AuditDraft Decided(LeadRecord lead, IntentRow intent) => new(
        AuditKind.Decided, intent.TransitionId, lead.LeadKey, null, intent.Body.FromStage?.ToString(), intent.Body.ToStage?.ToString(), null, Now, intent.Body.Actor,
        intent.Body.RuleSetHash, intent.Body.EvidenceHash);

    /// <summary>What cannot be put back is told: the stage of ours stands.</summary>
    public LeadRecord GiveUp(LeadRecord lead, List<AuditDraft> audit)
    {
        if (Edit.Stage is null || !IsStageOurs || lead.CrmStage == Left.Value)
            return lead;
        audit.Add(new(AuditKind.Observed, null, lead.LeadKey, null, lead.Stage?.ToString(), Left.Stage?.ToString(), null, Ours.SettledAt, "crmsync", null, null));
        return lead with { Stage = Left.Stage, CrmStage = Left.Value };
    }
}
