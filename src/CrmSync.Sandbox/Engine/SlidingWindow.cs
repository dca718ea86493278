namespace CrmSync.Sandbox.Engine;

/// <summary>Counts requests in the time just gone by.</summary>
internal sealed class SlidingWindow(TimeSpan length)
{
    private readonly Queue<long> instants = new();

    /// <summary>Counts this request if the limit allows it.</summary>
    public bool TryEnter(DateTimeOffset now, int limit)
    {
        if (Used(now) >= limit)
        {
            return false;
        }

        instants.Enqueue(now.UtcTicks);
        return true;
    }

    /// <summary>How many requests the window holds now.</summary>
    public int Used(DateTimeOffset now)
    {
        var oldest = now.UtcTicks - length.Ticks;
        while (instants.TryPeek(out var first) && first <= oldest)
        {
            instants.Dequeue();
        }

        return instants.Count;
    }
}
