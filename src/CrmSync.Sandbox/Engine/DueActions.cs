namespace CrmSync.Sandbox.Engine;

/// <summary>
/// What is to happen at a later instant. Nothing here has a timer: whoever is about to look at the sandbox first lets the due actions run, in their order and
/// under their own instants, so that a clock that jumps cannot be told from one that ran.
/// </summary>
internal sealed class DueActions
{
    private readonly PriorityQueue<(DateTimeOffset At, Action<DateTimeOffset> Run), (long At, long Order)> queue = new();
    private long order;

    public void Add(DateTimeOffset at, Action<DateTimeOffset> run)
    {
        var whole = SandboxClock.Whole(at);
        queue.Enqueue((whole, run), (whole.UtcTicks, order++));
    }

    public DateTimeOffset? NextAt => queue.TryPeek(out var next, out _) ? next.At : null;

    public void RunUntil(DateTimeOffset now)
    {
        while (TakeDue(now) is { } due)
        {
            due.Run(due.At);
        }
    }

    public void Clear() => queue.Clear();

    private (DateTimeOffset At, Action<DateTimeOffset> Run)? TakeDue(DateTimeOffset now) =>
        queue.TryPeek(out var next, out _) && next.At <= now ? queue.Dequeue() : null;
}
