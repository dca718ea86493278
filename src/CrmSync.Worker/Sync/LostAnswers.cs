using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;

namespace CrmSync.Worker.Sync;

/// <summary>What the answer in a record tells of steps that a restored store does not know any more, and from when on that rests.</summary>
internal static class LostAnswers
{
    /// <summary>What no answer led to: the one that stands is an older one.</summary>
    public static IReadOnlyList<HandoverState> EndsByItself { get; } = [HandoverState.Expired, HandoverState.Recycled, HandoverState.Superseded, HandoverState.Withdrawn];

    /// <summary>When the answer that stands was given; null: none stands, or nobody tells. An offer empties the field, so it is the younger one.</summary>
    public static DateTimeOffset? AnsweredAt(CrmLead crm) => crm.Fields.TryGetValue(HandoverFields.Decision, out var answer)
        ? crm.AnswerHistory?.LastOrDefault(change => change.Value == answer && change.Actor.Kind != ChangeActorKind.Integration)?.At : null;

    /// <summary>
    /// What was answered alike once more, in a round that is lost, is as young as that answer: what came before it is no news. Where nobody
    /// dates the answer, another one shows that there was a round; our marker alone does not, since words beside an answer bear a new one too.
    /// </summary>
    public static Episode Later(Episode known, CrmLead crm, CoolOffSettings rests, DateTimeOffset step)
    {
        if (known.State is not (HandoverState.Rejected or HandoverState.Returned or HandoverState.Disqualified) || !Asks(crm, known.State))
            return known;
        var isAnother = AnsweredAt(crm) is { } at
            ? at > known.DecidedAt && at <= crm.MarkerSince
            : known.LastAnswer is { } before && crm.Fields[HandoverFields.Decision] != before;
        if (!isAnother)
            return known;
        var later = Answered(known, crm, rests, step);
        return later with { EndedStage = known.EndedStage, CoolOffUntil = known.CoolOffUntil > later.CoolOffUntil ? known.CoolOffUntil : later.CoolOffUntil };
    }

    /// <summary>An episode as the answer in the record left it, or as it ended without one.</summary>
    /// <param name="at">When our step was written.</param>
    public static Episode Answered(Episode episode, CrmLead crm, CoolOffSettings rests, DateTimeOffset at)
    {
        var answer = crm.Fields.GetValueOrDefault(HandoverFields.Decision);
        var when = !EndsByItself.Contains(episode.State) && AnsweredAt(crm) is { } given && given <= at ? given : at;
        var decided = episode with
        {
            DecidedAt = when,
            LastAnswer = answer,
            Reason = answer is null ? null : Decision.Read(answer, crm.Fields.GetValueOrDefault(HandoverFields.DecisionText)).Reason,
        };
        return decided.State.IsOpen() ? decided : decided with
        {
            EndedAt = when,
            EndedStage = crm.Stage,
            CoolOffUntil = rests.Until(decided.State, decided.Reason, when),
        };
    }

    /// <summary>Whether the answer that stands leads to a state: otherwise it is a newer one, which nobody acted on yet.</summary>
    private static bool Asks(CrmLead crm, HandoverState state) => crm.Fields.TryGetValue(HandoverFields.Decision, out var answer)
        && Decision.Read(answer, crm.Fields.GetValueOrDefault(HandoverFields.DecisionText)) is var decision && state switch
        {
            HandoverState.Returned => decision.Kind == DecisionKind.Return,
            HandoverState.Disqualified => decision.Reason == RejectionReason.NeverRelevant,
            // "Other" whose words somebody took away stays a rejection.
            _ => decision is { Kind: DecisionKind.Reject or DecisionKind.Incomplete, Reason: not RejectionReason.NeverRelevant },
        };
}
