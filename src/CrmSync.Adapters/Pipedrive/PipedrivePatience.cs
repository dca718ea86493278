namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Counts refusals that do not tell which quota is spent. A burst is over in two seconds; whoever is refused again after ever longer
/// waits has an empty purse, and to go on asking would bring the gateway's page.
/// </summary>
internal sealed class PipedrivePatience
{
    /// <summary>Two seconds and twice as many each time: half a minute in all.</summary>
    private const int MostWaits = 4;
    private readonly Lock _lock = new();
    private int _waits;
    private TimeSpan _wait;
    private DateTimeOffset _until;

    /// <summary>How long to wait after one more refusal; null: it was no burst.</summary>
    /// <param name="pause">What a burst would take.</param>
    public TimeSpan? WaitOf(TimeSpan pause, DateTimeOffset now)
    {
        lock (_lock)
        {
            // Requests that were under way together are refused together: that counts once.
            if (now < _until)
                return _wait;
            if (_waits == MostWaits)
                return null;
            _wait = pause * (1 << _waits++);
            _until = now + _wait;
            return _wait;
        }
    }

    /// <summary>There is room again.</summary>
    public void WasLetIn()
    {
        lock (_lock)
            (_waits, _until) = (0, default);
    }
}
