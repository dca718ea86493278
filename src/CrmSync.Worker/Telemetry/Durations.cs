namespace CrmSync.Worker.Telemetry;

/// <summary>How long something took, counted by fixed limits. Any thread may add.</summary>
internal sealed class Durations(double[] limits)
{
    private static readonly double[] OfCalls = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private readonly long[] _counts = new long[limits.Length + 1];
    private readonly Lock _lock = new();
    private double _sum;

    /// <summary>With limits for calls that a person or another program waits for.</summary>
    public Durations() : this(OfCalls)
    {
    }

    public void Add(TimeSpan duration)
    {
        var seconds = duration.TotalSeconds;
        var place = Array.FindIndex(limits, limit => seconds <= limit);
        lock (_lock)
        {
            _counts[place < 0 ? limits.Length : place]++;
            _sum += seconds;
        }
    }

    /// <summary>How many took at most each limit, how many there were, and how long all took; in seconds.</summary>
    public (IReadOnlyList<(double Limit, long Count)> Buckets, long Count, double Sum) Read()
    {
        lock (_lock)
        {
            var buckets = new (double, long)[limits.Length];
            var sofar = 0L;
            for (var i = 0; i < limits.Length; i++)
                buckets[i] = (limits[i], sofar += _counts[i]);
            return (buckets, sofar + _counts[^1], _sum);
        }
    }
}
