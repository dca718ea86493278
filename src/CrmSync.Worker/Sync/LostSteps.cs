using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Audit;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// What a record tells of steps that this store took and does not know any more, since an older copy of it was restored: where
/// its hand-over stands now. It is learnt as something observed; nothing of it is done again.
/// </summary>
internal static class LostSteps
{
    /// <summary>The lead as its record tells it, and the rows that say so.</summary>
    /// <param name="lead">As it is remembered, or at first sight.</param>
    /// <param name="rests">How long what ended rests: the record does not tell.</param>
    public static LeadRecord Learn(LeadRecord lead, CrmLead crm, CoolOffSettings rests, List<AuditDraft> audit, DateTimeOffset now)
    {
        var episode = EpisodeOf(lead, crm, rests, StepAt(crm, now));
        var memory = lead.Memory with { Marker = crm.Fields[HandoverFields.Marker], IsGone = false, Wiped = null };
        // What people did to the stage after our last step is theirs, and is seen as such when the lead is judged.
        var learnt = MovedSince(crm)
            ? lead with { Episode = episode, Memory = memory }
            : lead with { Episode = episode, Memory = memory, Stage = Sighting.StageOf(crm), CrmStage = crm.StageValue };
        // What was over when it was taken over has its rows under the key that it had.
        var told = ReferenceEquals(episode, lead.Episode) && episode is { IsOver: true, MergedFrom: not null } ? null : episode;
        audit.Add(new(AuditKind.Observed, null, lead.LeadKey, told?.Number, lead.Stage?.ToString(), learnt.Stage?.ToString(), told?.AuditState,
            crm.MarkerSince, "crmsync", null, null));
        return learnt;
    }

    /// <summary>
    /// Of the leads that the CRM made this one, those that were so when our last step was written: it went on from what they brought,
    /// and what the backup still knows to be open there must not come back. Where nobody dates the merge or the step, one that led to an
    /// answer is taken for the later, except that what sales accepted is never lost by a guess.
    /// </summary>
    public static Dictionary<string, LeadRecord> TakenOver(CrmLead crm, IReadOnlyDictionary<string, LeadRecord> merged)
    {
        var isAnswered = StateOf(crm.Fields.GetValueOrDefault(HandoverFields.Handover)) is { } state && HandoverTable.Answered.Contains(state);
        bool IsWithin(string id, LeadRecord loser) => crm.MarkerSince is { } written && crm.FormerSince.TryGetValue(id, out var since)
            ? since < written
            : isAnswered && (loser.Memory.MergedEpisode ?? loser.Episode)?.State.IsAccepted() != true;
        return crm.FormerIds.Where(id => merged.TryGetValue(id, out var loser) && IsWithin(id, loser)).ToDictionary(id => id, id => merged[id]);
    }

    /// <summary>When our last step was written; where nobody dates it, by when at the latest: what came between it and the last change of the record is no news then.</summary>
    private static DateTimeOffset StepAt(CrmLead crm, DateTimeOffset now) =>
        crm.MarkerSince ?? (StateOf(crm.Fields.GetValueOrDefault(HandoverFields.Handover)) is { } state && LostAnswers.EndsByItself.Contains(state) ? null : LostAnswers.AnsweredAt(crm)) ?? crm.ModifiedAt ?? now;

    /// <summary>What waits was answered and offered anew meanwhile: by another time than the backup knows.</summary>
    private static bool IsAnotherRound(Episode known, CrmLead crm) =>
        known.State == HandoverState.AwaitingDecision && DueOf(crm) is { } due && known.DueAt is { } before && (due - before).Duration() > TimeSpan.FromMinutes(1);

    private static bool MovedSince(CrmLead crm) =>
        crm.StageHistory is [.., var last] && last.Actor.Kind != ChangeActorKind.Integration && last.At > crm.MarkerSince;

    private static Episode? EpisodeOf(LeadRecord lead, CrmLead crm, CoolOffSettings rests, DateTimeOffset at)
    {
        var (known, code) = (lead.Episode, crm.Fields.GetValueOrDefault(HandoverFields.Handover));
        if (known is not null && HandoverStateCode.Of(known.State) == code)
            return IsAnotherRound(known, crm) ? known.Unanswered() with { OfferedAt = at, DueAt = DueOf(crm), OfferedStage = MovedSince(crm) ? known.OfferedStage : crm.Stage } : LostAnswers.Later(known, crm, rests, at);
        if (code == HandoverStateCode.Of(HandoverState.AwaitingDecision) && known is { State: HandoverState.Rejected, DisputedAt: null, DecidedAt: { } decided } rejected
            && IsDispute(rejected, crm, decided, at))
            return Disputed(rejected, crm, at);
        var open = known is { IsOver: false } ? known : null;
        if (StateOf(code) is not { } state)
            return open is null ? known : open with { State = HandoverState.Withdrawn, EndedAt = at };
        var episode = (open ?? new Episode { Number = (known?.Number ?? 0) + 1, State = state, OpenedAt = at }) with { State = state, OwnerId = open?.OwnerId ?? crm.OwnerId };
        return state switch
        {
            HandoverState.AwaitingDecision => episode with { OfferedAt = at, DueAt = DueOf(crm) ?? at, OfferedStage = crm.Stage, CompanyId = crm.CompanyId },
            HandoverState.Held => episode,
            _ => LostAnswers.Answered(episode, crm, rests, at),
        };
    }

    /// <summary>
    /// What was rejected is offered anew after something new, or because marketing disputed it: then the same hand-over goes on, and so
    /// does its task. Where the record has a field for the number, that tells; else what the person did, and whether somebody moved the
    /// stage, between the answer and the offer. Marketing's own wish to send it leaves no trace, and is taken for a dispute.
    /// </summary>
    private static bool IsDispute(Episode rejected, CrmLead crm, DateTimeOffset decided, DateTimeOffset offered)
    {
        if (crm.Fields.TryGetValue(HandoverFields.Episode, out var number) && int.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var told))
            return told == rejected.Number;
        bool Between(DateTimeOffset? at) => at > decided && at <= offered;
        if (crm.Facts is not { } facts || crm.StageHistory?.Any(change => change.Actor.Kind != ChangeActorKind.Integration && Between(change.At)) == true)
            return false;
        return !Enumerable.Range(0, facts.Catalogue.Definitions.Count)
            .Where(slot => facts.Catalogue.Definitions[slot].Type == FactType.Engagement && facts[slot].IsKnown)
            .Any(slot => Between(facts[slot].Engagement.LastAt) || facts[slot].Engagement.Acts.Any(act => Between(act.At)));
    }

    private static Episode Disputed(Episode rejected, CrmLead crm, DateTimeOffset at) => rejected.Unanswered() with
    {
        State = HandoverState.AwaitingDecision, OfferedAt = at, DueAt = DueOf(crm) ?? at, OfferedStage = crm.Stage, DisputedAt = at, CorrectedFrom = rejected.FirstDecision(),
    };

    private static HandoverState? StateOf(string? code) =>
        code is null ? null : Enum.GetValues<HandoverState>().Where(state => HandoverStateCode.Of(state) == code).Select(state => (HandoverState?)state).FirstOrDefault();

    private static DateTimeOffset? DueOf(CrmLead crm) =>
        DateTimeOffset.TryParse(crm.Fields.GetValueOrDefault(HandoverFields.Due), System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal, out var due) ? due : null;
}
