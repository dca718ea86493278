namespace CrmSync.Chaos.Rigging;

/// <summary>
/// Who comes to a worker while it is at work: after so many of its answers from now on, and at the latest when it has nothing
/// left to do. It goes on once they were answered, so that a seed lets them in between the same two requests each time.
/// </summary>
internal sealed class Door
{
    private readonly Lock _lock = new();
    private List<(int Answers, Func<Task> Knock)> _waiting = [];

    public void Expect(int answers, Func<Task> knock)
    {
        lock (_lock)
            _waiting.Add((answers, knock));
    }

    /// <summary>Another answer came in: lets in whose turn it is.</summary>
    public async Task PassAsync()
    {
        foreach (var knock in Due(1))
            await knock();
    }

    /// <summary>Lets everybody in; answers whether anybody was there.</summary>
    public async Task<bool> EmptyAsync()
    {
        var due = Due(int.MaxValue);
        foreach (var knock in due)
            await knock();
        return due.Count > 0;
    }

    private List<Func<Task>> Due(int answers)
    {
        lock (_lock)
        {
            List<Func<Task>> due = [.. _waiting.Where(w => w.Answers <= answers).Select(w => w.Knock)];
            _waiting = [.. _waiting.Where(w => w.Answers > answers).Select(w => (w.Answers - answers, w.Knock))];
            return due;
        }
    }
}
