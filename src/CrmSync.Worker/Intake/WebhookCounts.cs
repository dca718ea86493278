using System.Collections.Concurrent;

namespace CrmSync.Worker.Intake;

/// <summary>Counts of webhook calls, by kind of CRM, and of the events in them since the start.</summary>
internal sealed class WebhookCounts
{
    private static readonly TimeSpan ToldEvery = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, WebhookTally> _calls = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _toldOfBad = new(StringComparer.OrdinalIgnoreCase);
    private long _hints, _ignored, _bad;

    public long ReceivedCount => _calls.Values.Sum(calls => calls.Received);
    public long RefusedCount => _calls.Values.Sum(calls => calls.Refused);
    public long HintCount => Interlocked.Read(ref _hints);
    public long IgnoredCount => Interlocked.Read(ref _ignored);
    public long BadCount => Interlocked.Read(ref _bad);

    /// <summary>The calls of one kind of CRM.</summary>
    public (long Received, long Refused) Of(string crm) => _calls.TryGetValue(crm, out var calls) ? (calls.Received, calls.Refused) : (0, 0);

    public void Received(string crm) => _calls.GetOrAdd(crm, static _ => new()).Receive();

    public void Refused(string crm) => _calls.GetOrAdd(crm, static _ => new()).Refuse();

    public void Events(int hints, int ignored, int bad)
    {
        Interlocked.Add(ref _hints, hints);
        if (ignored > 0)
            Interlocked.Add(ref _ignored, ignored);
        if (bad > 0)
            Interlocked.Add(ref _bad, bad);
    }

    /// <summary>Whether bad events of a connection are to be told of: once an hour, however many come.</summary>
    public bool IsBadNews(string connection, DateTimeOffset now)
    {
        if (_toldOfBad.TryGetValue(connection, out var told) && now - told < ToldEvery)
            return false;
        _toldOfBad[connection] = now;
        return true;
    }

    private sealed class WebhookTally
    {
        private long _received, _refused;

        public long Received => Interlocked.Read(ref _received);
        public long Refused => Interlocked.Read(ref _refused);

        public void Receive() => Interlocked.Increment(ref _received);

        public void Refuse() => Interlocked.Increment(ref _refused);
    }
}
