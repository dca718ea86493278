namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Leads as pages of lists have just shown them, each to be taken once: alone a lead costs fifty times as much as on a page. What an
/// event names is taken off, since it has changed. Activities of a lead stay until a poll or an event shows that one of them changed.
/// A write is never guarded by what lies here.
/// </summary>
internal sealed class PipedriveShelf(TimeProvider time)
{
    private const int Most = 5_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ActsFresh = TimeSpan.FromHours(6);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (PipedriveRecord Record, long At)> _rows = [];
    private readonly Dictionary<string, (IReadOnlyList<PipedriveRecord> Acts, long At)> _acts = [];
    private readonly Dictionary<string, string?> _written = [];
    private readonly Queue<(string Id, long At)> _order = new();

    public void Put(PipedriveRecord record)
    {
        if (record.Id is not { } id)
            return;
        var now = time.GetTimestamp();
        lock (_lock)
        {
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

    public PipedriveRecord? Take(string id)
    {
        lock (_lock)
            return _rows.Remove(id, out var row) && time.GetElapsedTime(row.At) < Fresh ? row.Record : null;
    }

    public void Drop(string id)
    {
        lock (_lock)
            _rows.Remove(id);
    }

    /// <summary>The stamp of our own latest write of a lead: an event that carries it tells what we did ourselves.</summary>
    public void Wrote(string id, string? stamp)
    {
        lock (_lock)
        {
            if (_written.Count >= Most)
                _written.Clear();
            _written[id] = stamp;
        }
    }

    public bool IsOurs(string id, string stamp)
    {
        lock (_lock)
            return _written.GetValueOrDefault(id) == stamp;
    }

    /// <summary>Keeps the activities of a lead or deal, until one of them changes.</summary>
    public void PutActs(string id, IReadOnlyList<PipedriveRecord> acts)
    {
        lock (_lock)
        {
            if (_acts.Count >= Most)
                _acts.Clear(); // costs a list each, and nothing else
            _acts[id] = (acts, time.GetTimestamp());
        }
    }

    public IReadOnlyList<PipedriveRecord>? Acts(string id)
    {
        lock (_lock)
            return _acts.TryGetValue(id, out var kept) && time.GetElapsedTime(kept.At) < ActsFresh ? kept.Acts : null;
    }

    /// <summary>An activity of a lead or deal changed.</summary>
    public void DropActs(string? id)
    {
        lock (_lock)
            _acts.Remove(id ?? "");
    }
}
