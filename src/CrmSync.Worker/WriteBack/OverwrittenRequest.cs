using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>A request of marketing's that came in the place of another between our guarding read and our write, which empties what it followed.</summary>
internal static class OverwrittenRequest
{
    /// <summary>By how much the CRM's clock may be behind ours.</summary>
    private static readonly TimeSpan TwoClocks = TimeSpan.FromMinutes(1);

    /// <summary>A write that leaves the field alone goes over nothing.</summary>
    public static bool MayBe(IntentRow intent) => intent.Body.Fields.ContainsKey(HandoverFields.Request);

    /// <summary>
    /// What our write took the place of and the guarding read had not seen; null: nothing, or the record no longer tells. Ours is the first
    /// of its value beside our marker: what another program does later is no matter of this write. What stood there long before was not
    /// there any more, or the field was not tracked; and what is no request cannot be given back.
    /// </summary>
    public static FieldChange? Find(IntentRow intent, CrmLead lead)
    {
        if (!MayBe(intent) || lead.RequestHistory is not { } history || WriteGuard.MarkerOf(lead) != intent.Body.Marker)
            return null;
        var value = intent.Body.Fields[HandoverFields.Request];
        var ours = 0;
        while (ours < history.Count && !(history[ours].At >= lead.MarkerSince && history[ours].Value == value && history[ours].Actor.Kind == ChangeActorKind.Integration))
            ours++;
        if (ours == 0 || ours == history.Count)
            return null;
        var before = history[ours - 1];
        var isUnseen = before.At >= Emptied.GuardedAt(intent) - TwoClocks && before.Value != intent.Body.ExpectedRequest;
        return isUnseen && before.Value != value && MarketingRequests.Read(before.Value) is not null ? before : null;
    }
}
