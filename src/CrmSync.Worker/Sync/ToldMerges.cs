using CrmSync.Adapters;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Merges that a CRM told of once, kept for the readings that need them. The word alone does nothing: a record has to be gone before
/// what was told of it counts, and before that any record is what its own reading says.
/// </summary>
internal sealed class ToldMerges(ISyncStore store)
{
    /// <summary>There are any: most connections have none, and need not ask record by record.</summary>
    private const string Any = "merges";

    /// <summary>Before the id of a record that went: where it lives on.</summary>
    private const string Into = "merged:";

    /// <summary>Before the id of a record that lives on: which are seen to have gone into it.</summary>
    private const string From = "merged-into:";

    /// <summary>More records in a row than anybody merges.</summary>
    private const int MostSteps = 20;

    /// <summary>Durable when it returns. May be told twice.</summary>
    public async Task KeepAsync(string connection, IReadOnlyList<ToldMerge> merges, CancellationToken cancellationToken)
    {
        foreach (var merge in merges)
            await store.RememberAsync(connection, Into + merge.From, merge.Into, cancellationToken);
        if (merges.Count > 0)
            await store.RememberAsync(connection, Any, "told", cancellationToken);
    }

    /// <summary>The same readings, those of records that went by a merge as moved, and the ones that live on with the ids of those.</summary>
    public async Task<CrmReading[]> ApplyAsync(string connection, CrmReading[] readings, CancellationToken cancellationToken)
    {
        if (await store.RememberedAsync(connection, Any, cancellationToken) is null)
            return readings;
        var applied = new CrmReading[readings.Length];
        for (var i = 0; i < readings.Length; i++)
            applied[i] = readings[i] switch
            {
                { Kind: CrmReadingKind.Gone } gone => await MovedAsync(connection, gone, cancellationToken),
                { Lead: { } lead } found => found with { Lead = lead with { FormerIds = [.. lead.FormerIds, .. (await GoneIntoAsync(connection, lead.Ref.Id, cancellationToken)).Except(lead.FormerIds)] } },
                var other => other,
            };
        return applied;
    }

    private async Task<CrmReading> MovedAsync(string connection, CrmReading gone, CancellationToken cancellationToken)
    {
        if (await SurvivorAsync(connection, gone.LeadId, cancellationToken) is not { } survivor)
            return gone;
        var known = await GoneIntoAsync(connection, survivor, cancellationToken);
        if (!known.Contains(gone.LeadId))
            await store.RememberAsync(connection, From + survivor, string.Join(' ', known.Append(gone.LeadId)), cancellationToken);
        return gone with { Kind = CrmReadingKind.Moved, MovedTo = survivor };
    }

    /// <summary>Through all merges; null: nobody told of one.</summary>
    private async Task<string?> SurvivorAsync(string connection, string id, CancellationToken cancellationToken)
    {
        string? survivor = null;
        for (var steps = 0; steps < MostSteps && await store.RememberedAsync(connection, Into + (survivor ?? id), cancellationToken) is { } next && next != id; steps++)
            survivor = next;
        return survivor;
    }

    private async Task<string[]> GoneIntoAsync(string connection, string survivor, CancellationToken cancellationToken) =>
        (await store.RememberedAsync(connection, From + survivor, cancellationToken))?.Split(' ') ?? [];
}
