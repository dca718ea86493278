using CrmSync.Adapters;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;
using CrmSync.Worker.WriteBack;

namespace CrmSync.Worker.Intake;

/// <summary>Writes of ours as a CRM tells of them: what one of them took from somebody is kept until the lead is judged with it.</summary>
internal static class ToldWrites
{
    /// <summary>Durable when it returns; answers whether any lead is to be looked at.</summary>
    public static async Task<bool> StoreAsync(ILostEdits store, string connection, IReadOnlyList<ToldWrite> writes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var isNews = false;
        foreach (var told in writes)
            if (EffectMarker.Parse(told.Marker) is { } marker
                && await store.IntentAsync(marker.TransitionId, marker.Clears, cancellationToken) is { } intent && intent.Connection == connection && LostEdits.Of(intent, told) is { } edit)
                isNews |= await store.KeepAsync(connection, edit, at, cancellationToken);
        return isNews;
    }
}
