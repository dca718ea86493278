namespace CrmSync.Adapters.Quota;

/// <summary>
/// Counts requests so that no window of its length, wherever it begins, holds more than the limit at the server. When a
/// request reaches the server is not known, only that it lies between sending and answer: so it counts from its sending
/// until a window after its answer. Not thread-safe.
/// </summary>
/// <param name="window">The length, a small guard for rounded clocks included.</param>
/// <param name="grain">Answers this close together leave together, to keep long windows small.</param>
internal sealed class SlidingWindow(TimeProvider time, TimeSpan window, TimeSpan grain)
{
    private readonly Queue<Leaving> _leaving = new();
    private Leaving? _newest;
    private int _leavingCount;
    private int _inFlight;

    public int Used
    {
        get
        {
            var now = Now;
            while (_leaving.TryPeek(out var oldest) && oldest.At <= now)
                _leavingCount -= _leaving.Dequeue().Count;
            return _inFlight + _leavingCount;
        }
    }

    /// <summary>How long until the oldest answered request leaves; null if all are still in flight.</summary>
    public TimeSpan? UntilNextLeaves => _leaving.TryPeek(out var oldest) ? oldest.At - Now : null;

    public void Begin(int cost) => _inFlight += cost;

    public void End(int cost)
    {
        _inFlight -= cost;
        Leave(Now + window, cost);
    }

    /// <summary>How long until so many have left that this much room is made; null if that takes what is still in flight.</summary>
    public TimeSpan? UntilLeft(int room)
    {
        foreach (var leaving in _leaving)
            if ((room -= leaving.Count) <= 0)
                return leaving.At - Now;
        return null;
    }

    /// <summary>What left the sender within the last part of the window: the pace of the day.</summary>
    public int UsedWithin(TimeSpan last)
    {
        var since = Now + window - last;
        return _inFlight + _leaving.Where(l => l.At > since).Sum(l => l.Count);
    }

    /// <summary>Counts what was spent before a restart.</summary>
    public void Remember(TimeSpan ago, int count) => Leave(Now + window - ago, count);

    private void Leave(TimeSpan at, int count)
    {
        _leavingCount += count;
        if (_newest is { } newest && _leaving.Count > 0 && at <= newest.At)
        {
            // Leaves with the one ahead: later than it might, which is the safe side.
            newest.Count += count;
            return;
        }
        _newest = new Leaving { At = at + grain, Count = count };
        _leaving.Enqueue(_newest);
    }

    /// <summary>Monotonic: a step of the wall clock neither opens nor shuts a window.</summary>
    private TimeSpan Now => time.GetElapsedTime(0);

    private sealed class Leaving
    {
        public required TimeSpan At { get; init; }
        public required int Count { get; set; }
    }
}
