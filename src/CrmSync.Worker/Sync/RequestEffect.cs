using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Texts;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>Answers a request of marketing's on which no step follows: empties its field, and says why in a note.</summary>
internal sealed class RequestEffect(Func<string> storeId)
{
    /// <summary>Whoever asks the same again within this time has read the answer; an automation that keeps asking gets no heap of notes.</summary>
    private static readonly TimeSpan AnsweredFor = TimeSpan.FromHours(24);

    /// <summary>Nothing of the hand-over changes.</summary>
    public IntentRow Intent(ConnectedCrm connection, CrmLead crm, LeadRecord lead, RequestRefusal refusal, Assessed assessed, string transition, DateTimeOffset now)
    {
        var request = crm.Fields[HandoverFields.Request]!;
        var marker = new EffectMarker(storeId(), lead.LeadKey, transition, Clears: false).ToString();
        var isTold = lead.Memory.RefusedRequest is { } last && last.Refusal == refusal && now < last.At + AnsweredFor;
        return new()
        {
            TransitionId = transition,
            Connection = connection.Name,
            LeadKey = lead.LeadKey,
            LeadId = crm.Ref.Id,
            CreatedAt = now,
            NotBefore = now,
            Body = new()
            {
                StageStep = StageStep.Keep,
                FromStage = lead.Stage,
                ToStage = lead.Stage,
                Actor = "crmsync",
                RuleSetHash = assessed.Rules.Hash,
                EvidenceHash = assessed.Evidence.Value.Hash,
                Marker = marker,
                TargetStage = crm.StageValue,
                ExpectedStage = crm.StageValue,
                ExpectedMarker = crm.Fields.GetValueOrDefault(HandoverFields.Marker),
                ExpectedAnswer = crm.Fields.GetValueOrDefault(HandoverFields.Decision),
                ExpectedRequest = request,
                Fields = new Dictionary<string, string?> { [HandoverFields.Request] = null, [HandoverFields.Marker] = marker },
                Activities = isTold ? null : [ActivityPlan.Note(crm, $"note/{transition}", RequestNote.Of(request, refusal, connection.Crm.Language), now)],
            },
        };
    }

    /// <summary>The lead, with the answer noted.</summary>
    public static LeadRecord Noted(LeadRecord lead, RequestRefusal refusal, DateTimeOffset now) =>
        lead with { Memory = lead.Memory with { RefusedRequest = new(refusal, now) } };
}
