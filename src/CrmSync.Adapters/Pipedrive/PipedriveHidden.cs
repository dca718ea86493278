namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Tells records that somebody hid from our user from a right that was lost: of the first a few are denied at a time, or the same ones
/// again and again; where others join them each time, to set one after another aside would leave them there when the right comes back.
/// </summary>
internal sealed class PipedriveHidden
{
    private const int Few = 5;

    /// <summary>So often running the same ones hold all others up before they are believed to be the trouble.</summary>
    private const int MostTimes = 3;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _denied = [];
    private int _times;

    /// <summary>Whether records that were denied, all that were asked for, may be hidden. Each call counts as one more time.</summary>
    public bool MayBe(IReadOnlyCollection<string> ids)
    {
        if (ids.Count <= Few)
            return true;
        lock (_lock)
        {
            if (!_denied.SetEquals(ids))
            {
                _denied.Clear();
                _denied.UnionWith(ids);
                _times = 0;
            }
            return _times++ >= MostTimes;
        }
    }
}
