namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Whether events come. A page that shows a change after which none came says that they do not; the next event says that they do again.
/// Any thread may call.
/// </summary>
internal sealed class PipedriveEars(TimeProvider time)
{
    /// <summary>The last of an event's tries comes some minutes after the first.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(5);
    private readonly Lock _lock = new();
    private DateTimeOffset _heardAt = time.GetUtcNow();
    private bool _isAlarmed;

    public bool IsDeaf { get; private set; }

    public void Heard()
    {
        lock (_lock)
            (_heardAt, IsDeaf) = (time.GetUtcNow(), false);
    }

    /// <summary>A page shows a change that is not our own.</summary>
    public void Saw(DateTimeOffset? changedAt)
    {
        lock (_lock)
        {
            if (!(changedAt > _heardAt) || time.GetUtcNow() - changedAt <= Late)
                return;
            _isAlarmed |= !IsDeaf;
            IsDeaf = true;
        }
    }

    /// <summary>True once, when events have ceased: whoever takes it looks after the webhooks.</summary>
    public bool TakeAlarm()
    {
        lock (_lock)
        {
            (var alarmed, _isAlarmed) = (_isAlarmed, false);
            return alarmed;
        }
    }
}
