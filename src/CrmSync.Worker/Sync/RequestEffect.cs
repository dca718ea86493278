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
        var isTold = lead.Memory.RefusedRequest is { } last && last.Refusal == refusal && now < last.At + AnsweredFor;
        var fields = new Dictionary<string, string?> { [HandoverFields.Request] = null };
        IReadOnlyList<LeadActivity>? note = isTold ? null : [ActivityPlan.Note(crm, $"note/{transition}", RequestNote.Of(request, refusal, connection.Crm.Language), now)];
        return AsideIntent.Of(storeId(), connection, crm, lead, assessed, transition, now, fields, note);
    }

    /// <summary>The lead, with the answer noted.</summary>
    public static LeadRecord Noted(LeadRecord lead, RequestRefusal refusal, DateTimeOffset now) =>
        lead with { Memory = lead.Memory with { RefusedRequest = new(refusal, now) } };
}
