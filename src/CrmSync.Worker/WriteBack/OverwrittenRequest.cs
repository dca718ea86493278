using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Leads.Handover;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>A request of marketing's that came in the place of another between our guarding read and our write, which empties what it followed.</summary>
internal static class OverwrittenRequest
{
    /// <summary>A write that leaves the field alone goes over nothing.</summary>
    public static bool MayBe(IntentRow intent) => intent.Body.Fields.ContainsKey(HandoverFields.Request);

    /// <summary>
    /// What our write took the place of and the guarding read had not seen; null: nothing, or the record no longer tells. Ours is the first
    /// of its value beside our marker: what another program does later is no matter of this write. Of several that are dated like the marker,
    /// where whole seconds are told, it is the last: the others are earlier steps. What stood there long before was not
    /// there any more, or the field was not tracked; and what is no request cannot be given back.
    /// </summary>
    public static FieldChange? Find(IntentRow intent, CrmLead lead)
    {
        if (!MayBe(intent) || lead.RequestHistory is not { } history || WriteGuard.MarkerOf(lead) != intent.Body.Marker)
            return null;
        var value = intent.Body.Fields[HandoverFields.Request];
        bool IsOurs(int at) => history[at].Value == value && history[at].Actor.Kind == ChangeActorKind.Integration;
        var all = Enumerable.Range(0, history.Count).Where(IsOurs).ToList();
        var ours = all.FindLast(at => history[at].At == lead.MarkerSince) is > 0 and var beside ? beside : all.Find(at => history[at].At >= lead.MarkerSince);
        if (ours == 0)
            return null;
        var before = history[ours - 1];
        var isUnseen = before.At >= Emptied.GuardedAt(intent) - TwoClocks.Apart && before.Value != intent.Body.ExpectedRequest;
        return isUnseen && before.Value != value && MarketingRequests.Read(before.Value) is not null ? before : null;
    }
}
