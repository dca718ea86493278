using System.Collections.Concurrent;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Takes waiting leads in hand, and gives back those of a pass that failed. Where the store cannot note that either (a full
/// disk, a held file), it is noted before the next ones are taken, and not only when the lease of the first ones ends.
/// </summary>
internal sealed class LeadsInHand(ISyncStore store, HintExpansion hints, TimeProvider clock)
{
    /// <summary>So often in a row hints are followed before the leads that are in hand are looked at.</summary>
    private const int MostTurns = 5;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, (IReadOnlyList<TakenLead> Leads, DateTimeOffset NotBefore)> _owed = new();

    /// <summary>
    /// The leads of a pass, as many as the CRM reads at once. Hints have their leads found on the way: in their places come
    /// others, since half a request costs as much as a whole one.
    /// </summary>
    /// <param name="taken">Filled with all that was taken in hand, hints included; nobody else gets it meanwhile.</param>
    public async Task<List<TakenLead>> TakeAsync(ConnectedCrm connection, List<TakenLead> taken, CancellationToken cancellationToken)
    {
        var leads = new List<TakenLead>();
        for (var turn = 0; turn < MostTurns && leads.Count < connection.Adapter.BatchSize; turn++)
        {
            var more = await TakeAsync(connection, connection.Adapter.BatchSize - leads.Count, cancellationToken);
            taken.AddRange(more);
            await hints.RunAsync(connection, more, clock.GetUtcNow(), cancellationToken);
            leads.AddRange(more.Where(t => !RecordHint.Is(t.LeadId)));
            if (!more.Any(t => RecordHint.Is(t.LeadId)))
                break;
        }
        return leads;
    }

    private async Task<IReadOnlyList<TakenLead>> TakeAsync(ConnectedCrm connection, int count, CancellationToken cancellationToken)
    {
        if (_owed.TryGetValue(connection.Name, out var owed))
        {
            await store.ReleaseAsync(connection.Name, owed.Leads, owed.NotBefore, failed: false, cancellationToken);
            _owed.TryRemove(connection.Name, out _);
        }
        return await store.TakeAsync(connection.Name, count, clock.GetUtcNow(), Lease, cancellationToken);
    }

    /// <summary>Gives them back for the next turn that the CRM allows. Throws nothing that would hide why.</summary>
    public async Task GiveBackAsync(ConnectedCrm connection, IReadOnlyList<TakenLead> taken)
    {
        if (taken.Count == 0)
            return;
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
