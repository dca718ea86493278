using CrmSync.Adapters.Quota;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Which leads belong to which person or organisation, by the leads seen so far. Asking costs a page for each person, so few are asked
/// for, each once, and for many all leads are walked through once.
/// </summary>
internal sealed class PipedriveTies(PipedriveLists lists, PipedriveOptions options, QuotaPlanner planner)
{
    private const int Few = 3;

    /// <summary>So many are asked for alone; then one walk is the cheaper.</summary>
    private const int MostAsked = 25;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Stream, string Id), HashSet<string>> _leads = [];
    private readonly HashSet<(string Stream, string Id)> _asked = [];
    private volatile bool _isWhole;

    /// <summary>How far a walk came that the quota stopped.</summary>
    private int _walked;

    public void Saw(PipedriveRecord lead)
    {
        if (lead.Id is not { } id)
            return;
        lock (_lock)
        {
            Add(PipedriveStreams.Persons, lead["person_id"], id);
            Add(PipedriveStreams.Organizations, lead["organization_id"], id);
        }
    }

    /// <summary>A walk through all leads has ended: nothing is missing.</summary>
    public void SawAll() => _isWhole = true;

    /// <exception cref="CrmException">The part of the quota for this is spent: what was seen stays seen, and the next call goes on there.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadAsync(string stream, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (!_isWhole)
            await planner.ForAsync(QuotaPurpose.Poll, () => LookAsync(stream, [.. ids.Distinct().Where(id => !IsAsked(stream, id))], cancellationToken)).ConfigureAwait(false);
        lock (_lock)
            return ids.Distinct().Where(id => _leads.ContainsKey((stream, id))).ToDictionary(id => id, id => (IReadOnlyList<string>)[.. _leads[(stream, id)]]);
    }

    private async Task<bool> LookAsync(string stream, string[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length > Few || _asked.Count + ids.Length > MostAsked)
            return await WalkAsync(cancellationToken).ConfigureAwait(false);
        foreach (var id in ids)
        {
            var (person, organization) = stream == PipedriveStreams.Persons ? (id, (string?)null) : (null, id);
            foreach (var lead in await lists.LeadsOfAsync(person, organization, options.PageSize, cancellationToken).ConfigureAwait(false))
                Saw(lead);
            lock (_lock)
                _asked.Add((stream, id));
        }
        return true;
    }

    private async Task<bool> WalkAsync(CancellationToken cancellationToken)
    {
        for (int? next = _walked; next is { } start; _walked = next ?? 0)
        {
            (var leads, next) = await lists.LeadsFromAsync(start, options.PageSize, cancellationToken).ConfigureAwait(false);
            leads.ForEach(Saw);
        }
        return _isWhole = true;
    }

    /// <summary>Its leads were asked for; those made since were seen when they were read.</summary>
    private bool IsAsked(string stream, string id)
    {
        lock (_lock)
            return _asked.Contains((stream, id));
    }

    private void Add(string stream, string? id, string lead)
    {
        if (id is not null)
            (_leads.TryGetValue((stream, id), out var known) ? known : _leads[(stream, id)] = []).Add(lead);
    }
}
