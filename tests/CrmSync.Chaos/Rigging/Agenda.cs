namespace CrmSync.Chaos.Rigging;

/// <summary>What people and the nemesis are to do, by instant; of the same instant in the order in which it was planned.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _acts = new();
    private long _order;

    public DateTimeOffset? Next => _acts.TryPeek(out _, out var when) ? when.At : null;

    public void Add(DateTimeOffset at, Action act) => _acts.Enqueue(act, (at, _order++));

    /// <summary>Does everything that is due; what it plans anew and is due as well.</summary>
    public void Do(DateTimeOffset now)
    {
        while (_acts.TryPeek(out var act, out var when) && when.At <= now)
        {
            _acts.Dequeue();
            act();
        }
    }
}
