using CrmSync.Adapters;
using CrmSync.Worker.Storage;
using CrmSync.Worker.WriteBack;

namespace CrmSync.Worker.Sync;

/// <summary>What we wrote to a record one after another: each effect names in its guard the one that it found there.</summary>
internal static class EffectTrail
{
    /// <summary>Effects on one record between a write and the event that tells of it. Beyond it nobody knows any more what was meant.</summary>
    private const int Farthest = 50;

    /// <summary>
    /// From the effect that the record shows back to this one, which is not among them; empty: it is the last. Null: they do not lead
    /// there, since another program wrote, somebody changed the marker, or the record is gone.
    /// </summary>
    public static async Task<IReadOnlyList<IntentRow>?> SinceAsync(ISyncStore store, IntentRow ours, CrmLead? crm, CancellationToken cancellationToken)
    {
        var (since, marker) = (new List<IntentRow>(), crm is null ? null : WriteGuard.MarkerOf(crm));
        while (marker != ours.Body.Marker)
        {
            if (EffectMarker.Parse(marker) is not { } last || last.Store != store.StoreId || since.Count == Farthest
                || await store.IntentAsync(last.TransitionId, last.Clears, cancellationToken) is not { } effect || effect.LeadKey != ours.LeadKey)
                return null;
            since.Add(effect);
            marker = effect.Body.ExpectedMarker;
        }
        return since;
    }
}
