namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Leads as pages of lists have just shown them, each to be taken once: alone a lead costs fifty times as much as on a page. What an
/// event names or we wrote is taken off, since it has changed, and no page that is older than that, or than another page, brings it
/// back. A write is never guarded by what lies here.
/// </summary>
internal sealed class PipedriveRows(TimeProvider time)
{
    private const int Most = 5_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (PipedriveRecord Record, long At)> _rows = [];
    private readonly Dictionary<string, DateTimeOffset> _changed = [];
    private readonly Queue<(string Id, DateTimeOffset At)> _changes = new();
    private readonly Queue<(string Id, long At)> _order = new();

    public void Put(PipedriveRecord record)
    {
        if (record.Id is not { } id)
            return;
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (!IsNews(id, record["update_time"]))
                return;
            _rows[id] = (record, now);
            _order.Enqueue((id, now));
            while (_order.Count > Most)
            {
                var (oldest, at) = _order.Dequeue();
                if (_rows.TryGetValue(oldest, out var row) && row.At == at)
                    _rows.Remove(oldest);
            }
        }
    }

    /// <summary>Null: no page has shown it of late, or it was taken.</summary>
    public PipedriveRecord? Take(string id)
    {
        lock (_lock)
            return _rows.Remove(id, out var row) && time.GetElapsedTime(row.At) < Fresh ? row.Record : null;
    }

    /// <param name="stamp">When the lead was changed; null where nobody tells.</param>
    public void Drop(string id, string? stamp = null)
    {
        lock (_lock)
        {
            _rows.Remove(id);
            IsNews(id, stamp);
        }
    }

    /// <summary>Whether nothing later is known of the lead; remembers it.</summary>
    private bool IsNews(string id, string? stamp)
    {
        if (PipedriveStreams.Instant(stamp) is not { } at)
            return true;
        var known = _changed.GetValueOrDefault(id);
        if (at <= known)
            return at == known;
        _changed[id] = at;
        _changes.Enqueue((id, at));
        if (_changes.Count > 2 * Most && _changes.Dequeue() is var (oldest, was) && _changed.GetValueOrDefault(oldest) == was)
            _changed.Remove(oldest);
        return true;
    }
}
