using CrmSync.Sandbox.Engine;

namespace CrmSync.Sandbox.Salesforce.Access;

/// <summary>How many calls an org answered, and how many events it delivered, in the last 24 hours.</summary>
internal sealed class CallMeter
{
    private readonly SlidingWindow calls = new(TimeSpan.FromHours(24));
    private readonly SlidingWindow events = new(TimeSpan.FromHours(24));

    public int Used(DateTimeOffset now) => calls.Used(now);

    public int EventsUsed(DateTimeOffset now) => events.Used(now);

    public bool TryCount(DateTimeOffset now, int limit) => calls.TryEnter(now, limit);

    public void Count(DateTimeOffset now) => calls.TryEnter(now, int.MaxValue);

    public bool TryCountEvent(DateTimeOffset now, int limit) => events.TryEnter(now, limit);
}
