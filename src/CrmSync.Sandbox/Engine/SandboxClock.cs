namespace CrmSync.Sandbox.Engine;

/// <summary>The sandbox's time: an injected clock, or the system's with an offset that the control port may move.</summary>
internal sealed class SandboxClock(TimeProvider time, bool movable)
{
    private long offset;

    /// <summary>Timers and waits run on this provider; the offset does not hurry them.</summary>
    public TimeProvider Timers => time;

    /// <summary>The present instant, cut to milliseconds as the vendors keep it.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var ticks = time.GetUtcNow().UtcTicks + Interlocked.Read(ref offset);
            return new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        }
    }

    /// <summary>Whether the control port may move this clock; an injected one belongs to whoever injected it.</summary>
    public bool IsMovable => movable;

    public void Advance(TimeSpan by) => Interlocked.Add(ref offset, by.Ticks);
}
