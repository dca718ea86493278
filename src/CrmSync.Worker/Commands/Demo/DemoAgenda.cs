namespace CrmSync.Worker.Commands.Demo;

/// <summary>
/// Who does what when. Acts of one lead never lie closer together than two polls, so that with or without webhooks the
/// CRM tells the same story.
/// </summary>
internal sealed class DemoAgenda(TimeSpan apart)
{
    private readonly PriorityQueue<(string Lead, Func<CancellationToken, Task> Act), (DateTimeOffset At, string Lead, int Order)> _acts = new();
    private readonly Dictionary<string, DateTimeOffset> _last = [];
    private int _order;

    public DateTimeOffset? Next => _acts.TryPeek(out _, out var when) ? when.At : null;

    /// <summary>
    /// When what happened is noticed: at the next hour of the polls' grid, whether a webhook told of it at once or the poll after it.
    /// What somebody then does depends on neither.
    /// </summary>
    public static DateTimeOffset NoticedAt(DateTimeOffset now) => OnTheGrid(now);

    /// <summary>Puts an act at ten past the next hour of the polls' grid.</summary>
    public void Add(DateTimeOffset at, string lead, Func<CancellationToken, Task> act) => Enqueue(OnTheGrid(at).AddMinutes(10), lead, act);

    /// <summary>Does everything that is due.</summary>
    public async Task<int> DoAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var done = 0;
        while (_acts.TryPeek(out var next, out var when) && when.At <= now)
        {
            _acts.Dequeue();
            if (_last.TryGetValue(next.Lead, out var last) && when.At < last + apart)
            {
                Enqueue(OnTheGrid(last + apart).AddMinutes(10), next.Lead, next.Act);
                continue;
            }
            _last[next.Lead] = when.At;
            await next.Act(cancellationToken);
            done++;
        }
        return done;
    }

    private void Enqueue(DateTimeOffset at, string lead, Func<CancellationToken, Task> act) => _acts.Enqueue((lead, act), (at, lead, _order++));

    /// <summary>The instant itself on the grid, else the next hour of it.</summary>
    private static DateTimeOffset OnTheGrid(DateTimeOffset at)
    {
        var into = at.UtcTicks % DemoOptions.PollInterval.Ticks;
        return into == 0 ? at : at.AddTicks(DemoOptions.PollInterval.Ticks - into);
    }
}
