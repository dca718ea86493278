namespace CrmSync.Sandbox.Engine;

/// <summary>
/// What all dialects share: clock, log, faults, pages and what is still to come. Whatever looks at or changes the sandbox takes its turn here, one at a time, so that
/// the log's order is the order of effects.
/// </summary>
internal sealed class World(SandboxClock clock, SandboxLog log)
{
    private readonly Lock turn = new();

    public SandboxClock Clock => clock;

    public SandboxLog Log => log;

    public FaultBook Faults { get; } = new();

    public PageBook Pages { get; } = new();

    public DueActions Later { get; } = new();

    /// <summary>Lets everything due happen, then runs this under the present instant.</summary>
    public T Take<T>(Func<DateTimeOffset, T> work)
    {
        lock (turn)
        {
            var now = clock.Now;
            Later.RunUntil(now);
            return work(now);
        }
    }
}
