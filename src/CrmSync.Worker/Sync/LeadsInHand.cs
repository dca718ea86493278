using System.Collections.Concurrent;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Takes waiting leads in hand, and gives back those of a pass that failed. Where the store cannot note that either (a full
/// disk, a held file), it is noted before the next ones are taken, and not only when the lease of the first ones ends.
/// </summary>
internal sealed class LeadsInHand(ISyncStore store, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, (IReadOnlyList<TakenLead> Leads, DateTimeOffset NotBefore)> _owed = new();

    /// <summary>Takes no more than the connection reads at once; nobody else gets them meanwhile.</summary>
    public async Task<IReadOnlyList<TakenLead>> TakeAsync(ConnectedCrm connection, CancellationToken cancellationToken)
    {
        if (_owed.TryGetValue(connection.Name, out var owed))
        {
            await store.ReleaseAsync(connection.Name, owed.Leads, owed.NotBefore, failed: false, cancellationToken);
            _owed.TryRemove(connection.Name, out _);
        }
        return await store.TakeAsync(connection.Name, connection.Adapter.BatchSize, clock.GetUtcNow(), Lease, cancellationToken);
    }

    /// <summary>Gives them back for the next turn that the CRM allows. Throws nothing that would hide why.</summary>
    public async Task GiveBackAsync(ConnectedCrm connection, IReadOnlyList<TakenLead> taken)
    {
        var notBefore = connection.Gate.ClosedUntil(clock.GetUtcNow()) ?? clock.GetUtcNow();
        try
        {
            await store.ReleaseAsync(connection.Name, taken, notBefore, failed: false, CancellationToken.None);
        }
        catch (StoreException)
        {
            _owed[connection.Name] = (taken, notBefore);
        }
    }
}
