using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>An effect beside the hand-over: it writes fields, and leaves the lead's stage and episode as they are.</summary>
internal static class AsideIntent
{
    /// <param name="fields">What is written; the marker is added.</param>
    /// <param name="activities">Tasks and notes once it is written; null: none.</param>
    public static IntentRow Of(
        string storeId, ConnectedCrm connection, CrmLead crm, LeadRecord lead, Assessed assessed, string transition, DateTimeOffset now,
        IReadOnlyDictionary<string, string?> fields, IReadOnlyList<LeadActivity>? activities = null)
    {
        var marker = new EffectMarker(storeId, lead.LeadKey, transition, Clears: false).ToString();
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
                ExpectedRequest = crm.Fields.GetValueOrDefault(HandoverFields.Request),
                Fields = new Dictionary<string, string?>(fields) { [HandoverFields.Marker] = marker },
                Activities = activities,
            },
        };
    }
}
