namespace CrmSync.Adapters.Pipedrive;

/// <summary>The activities of one lead or deal, the cheapest way: as they are kept, with the changed ones read alone, or by a list.</summary>
internal sealed class PipedriveActReader(PipedriveLists lists, PipedriveActs acts)
{
    private const int Most = 5_000;

    /// <summary>An event or a page of the poll has named an activity of it since the process began.</summary>
    public bool IsNamed(string owner) => acts.IsNamed(owner);

    /// <param name="counted">How many the person has in all; null where nobody counts them.</param>
    /// <param name="created">When the lead or deal came to be.</param>
    public async Task<IReadOnlyList<PipedriveRecord>> ReadAsync(string owner, decimal? counted, DateTimeOffset? created, CancellationToken cancellationToken) =>
        await KeptAsync(owner, counted, created, cancellationToken).ConfigureAwait(false) ?? await ListAsync(owner, counted, cancellationToken).ConfigureAwait(false);

    /// <summary>Null where a list must be asked for.</summary>
    private async Task<IReadOnlyList<PipedriveRecord>?> KeptAsync(string owner, decimal? counted, DateTimeOffset? created, CancellationToken cancellationToken)
    {
        var changed = acts.TakeChanged(owner, created);
        if (changed.Count >= PipedriveCosts.Page)
        {
            acts.Drop(owner);
            return null;
        }
        try
        {
            var found = await lists.ByIdAsync(PipedriveStreams.Activities, changed, null, cancellationToken).ConfigureAwait(false);
            foreach (var id in changed)
                if (found.TryGetValue(id, out var act))
                    acts.Saw(act);
                else
                    acts.Lost(id);
        }
        catch
        {
            acts.Drop(owner);
            throw;
        }
        return acts.Of(owner, counted, created);
    }

    /// <summary>As a list shows them now.</summary>
    public async Task<IReadOnlyList<PipedriveRecord>> ListAsync(string owner, decimal? counted, CancellationToken cancellationToken)
    {
        var page = acts.Expect(owner);
        var isDeal = PipedriveStreams.IsDeal(owner);
        var all = await lists.AllAsync(PipedriveStreams.Activities, new() { LeadId = isDeal ? null : owner, DealId = isDeal ? owner : null }, Most, cancellationToken).ConfigureAwait(false);
        acts.Put(owner, page, all, counted);
        return all;
    }
}
