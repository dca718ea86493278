namespace CrmSync.Worker.Intake;

/// <summary>Counts of webhook calls and of the events in them since the start.</summary>
internal sealed class WebhookCounts
{
    private long _received, _refused, _hints, _ignored, _bad;

    public long ReceivedCount => Interlocked.Read(ref _received);
    public long RefusedCount => Interlocked.Read(ref _refused);
    public long HintCount => Interlocked.Read(ref _hints);
    public long IgnoredCount => Interlocked.Read(ref _ignored);
    public long BadCount => Interlocked.Read(ref _bad);

    public void Received() => Interlocked.Increment(ref _received);

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Events(int hints, int ignored, int bad)
    {
        Interlocked.Add(ref _hints, hints);
        if (ignored > 0)
            Interlocked.Add(ref _ignored, ignored);
        if (bad > 0)
            Interlocked.Add(ref _bad, bad);
    }
}
