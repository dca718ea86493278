using CrmSync.Adapters;
using CrmSync.Leads.Fields;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>A request of marketing's that came in the place of another between our guarding read and our write, which empties what it followed.</summary>
internal static class OverwrittenRequest
{
    /// <summary>A write that leaves the field alone goes over nothing.</summary>
    public static bool MayBe(IntentRow intent) => intent.Body.Fields.ContainsKey(HandoverFields.Request);

    /// <summary>What our write took the place of and the guarding read had not seen; null: nothing, or the record no longer tells.</summary>
    public static FieldChange? Find(IntentRow intent, CrmLead lead)
    {
        if (!MayBe(intent) || lead.RequestHistory is not { } history || WriteGuard.MarkerOf(lead) != intent.Body.Marker)
            return null;
        var ours = intent.Body.Fields[HandoverFields.Request];
        for (var at = history.Count - 1; at > 0 && history[at].At >= lead.MarkerSince; at--)
        {
            if (history[at].Actor.Kind != ChangeActorKind.Integration || history[at].Value != ours)
                continue;
            var before = history[at - 1];
            return before.Value is null || before.Value == intent.Body.ExpectedRequest || before.Value == ours ? null : before;
        }
        return null;
    }
}
