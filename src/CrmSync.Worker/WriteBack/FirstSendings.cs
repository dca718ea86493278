using CrmSync.Worker.Storage;

namespace CrmSync.Worker.WriteBack;

/// <summary>
/// Which tasks and notes were certainly never sent: those asked for since this process began, until it sends them itself. What waits
/// when it begins an earlier one may have sent.
/// </summary>
internal sealed class FirstSendings(ISyncStore store)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, HashSet<string>> _maybeSent = [];

    /// <summary>The rows to be sent now, each with whether that is certain of it; from here on it is of none of them.</summary>
    public async Task<List<ActivityRow>> BeginAsync(string connection, IReadOnlyList<ActivityRow> rows, CancellationToken cancellationToken)
    {
        if (!Knows(connection))
        {
            var waiting = await store.ActivitiesAsync(connection, int.MaxValue, DateTimeOffset.MaxValue, cancellationToken);
            lock (_lock)
                _maybeSent.TryAdd(connection, [.. waiting.Select(w => w.Activity.Key)]);
        }
        lock (_lock)
            return [.. rows.Select(row => row with { Activity = row.Activity with { IsFirst = _maybeSent[connection].Add(row.Activity.Key) && row.Tries == 0 } })];
    }

    /// <summary>How these ended is stored; a change of one that follows is another row.</summary>
    public void Stored(string connection, IEnumerable<ActivityRow> rows)
    {
        lock (_lock)
            _maybeSent[connection].ExceptWith(rows.Where(r => r.SettledAt is not null).Select(r => r.Activity.Key));
    }

    private bool Knows(string connection)
    {
        lock (_lock)
            return _maybeSent.ContainsKey(connection);
    }
}
