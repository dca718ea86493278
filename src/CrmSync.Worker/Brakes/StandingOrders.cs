using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Brakes;

/// <summary>Lays upon what is remembered of leads what admins ordered and what the loop brake finds, before they are judged.</summary>
internal sealed class StandingOrders(Backlog backlog, Withdrawals withdrawals, LoopBrake loops)
{
    public Backlog Backlog => backlog;
    public Withdrawals Withdrawals => withdrawals;

    /// <param name="known">By the id under which each was taken.</param>
    /// <param name="seen">Changes of stage that this reading shows, by lead key.</param>
    public async Task<IReadOnlyDictionary<string, LeadRecord>> LayAsync(
        string connection, IReadOnlyDictionary<string, LeadRecord> known, IReadOnlyDictionary<string, StageChange> seen, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var marked = new Dictionary<string, LeadRecord>(known);
        Lay(await backlog.MarkAsync(connection, [.. marked.Values], cancellationToken));
        Lay(await withdrawals.MarkAsync(connection, [.. marked.Values], cancellationToken));
        Lay(await loops.CheckAsync(connection, [.. marked.Values], seen, now, cancellationToken));
        return marked;

        void Lay(IReadOnlyList<LeadRecord> changed)
        {
            foreach (var lead in changed)
                foreach (var id in known.Where(k => k.Value.LeadKey == lead.LeadKey).Select(k => k.Key))
                    marked[id] = lead;
        }
    }
}
