namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// The leads and deals on which activities were seen to hang. An activity counts for those who take part in it, and one that hangs on a
/// lead alone counts for nobody.
/// </summary>
/// <param name="most">So many are kept.</param>
internal sealed class PipedriveNamed(int most)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _owners = [];

    public bool Has(string owner)
    {
        lock (_lock)
            return _owners.Contains(owner);
    }

    public void Add(IEnumerable<string> owners)
    {
        lock (_lock)
        {
            if (_owners.Count >= most)
                _owners.Clear(); // then the count alone tells, until the next event of each
            _owners.UnionWith(owners);
        }
    }
}
