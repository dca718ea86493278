namespace CrmSync.Sandbox.Engine;

/// <summary>The sandbox's time: an injected clock, or the system's with an offset that the control port may move.</summary>
internal sealed class SandboxClock(TimeProvider time, bool movable)
{
    private long offset;

    /// <summary>Timers and waits run on this provider; the offset does not hurry them.</summary>
    public TimeProvider Timers => time;

    /// <summary>The present instant, cut to milliseconds as the vendors keep it.</summary>
    public DateTimeOffset Now => Whole(time.GetUtcNow().AddTicks(Interlocked.Read(ref offset)));

    /// <summary>Whether the control port may move this clock; an injected one belongs to whoever injected it.</summary>
    public bool IsMovable => movable;

    /// <summary>An instant cut to milliseconds; what is planned must be a whole one, or the clock would not quite reach it.</summary>
    public static DateTimeOffset Whole(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref offset, by.Ticks);
}
