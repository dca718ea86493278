namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Which leads belong to which person or organisation, by the leads seen so far. Asking costs a page for each person, so few are asked
/// for, each once, and for many all leads are walked through once.
/// </summary>
internal sealed class PipedriveTies(PipedriveLists lists, PipedriveOptions options)
{
    private const int Few = 3;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Stream, string Id), HashSet<string>> _leads = [];
    private readonly HashSet<(string Stream, string Id)> _asked = [];
    private volatile bool _isWhole;

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

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadAsync(string stream, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        if (!_isWhole && ids.Count > Few)
        {
            foreach (var lead in await lists.LeadsOfAsync(null, null, options.PageSize, cancellationToken).ConfigureAwait(false))
                Saw(lead);
            _isWhole = true;
        }
        else if (!_isWhole)
        {
            foreach (var id in ids.Where(id => !IsAsked(stream, id)))
            {
                var (person, organization) = stream == PipedriveStreams.Persons ? (id, (string?)null) : (null, id);
                foreach (var lead in await lists.LeadsOfAsync(person, organization, options.PageSize, cancellationToken).ConfigureAwait(false))
                    Saw(lead);
                lock (_lock)
                    _asked.Add((stream, id));
            }
        }
        lock (_lock)
            return ids.Distinct().Where(id => _leads.ContainsKey((stream, id))).ToDictionary(id => id, id => (IReadOnlyList<string>)[.. _leads[(stream, id)]]);
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
