namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Leads as pages of lists have just shown them, each to be taken once: alone a lead costs fifty times as much as on a page. What an
/// event names is taken off, since it has changed. A write is never guarded by what lies here. Beside them stands under which stamps
/// leads were judged and written.
/// </summary>
internal sealed class PipedriveShelf(TimeProvider time)
{
    private const int Most = 5_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (PipedriveRecord Record, long At)> _rows = [];
    private readonly Dictionary<string, Stamps> _stamps = [];
    private readonly Dictionary<string, (string? Stamp, string? Done)> _acts = [];
    private readonly Queue<(string Id, long At)> _order = new();

    /// <summary>The activities of leads and deals.</summary>
    public PipedriveActs Acts { get; } = new(time);

    /// <summary>Whether events come.</summary>
    public PipedriveEars Ears { get; } = new(time);

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

    /// <summary>A lead was judged as it stood under this stamp.</summary>
    public void Judged(string id, string? stamp) => Note(id, known => known with { Judged = stamp });

    /// <summary>A write is about to follow on what was read under this stamp.</summary>
    public void Guarded(string id, string? stamp) => Note(id, known => known with { Guarded = stamp });

    /// <summary>The stamp of our own latest write of a lead: an event that carries it tells what we did ourselves.</summary>
    public void Wrote(string id, string? stamp) => Note(id, known =>
        known.Judged is not null && known.Judged == known.Guarded ? new(stamp, null, stamp, HidesNothing: true) : known with { Guarded = null, Written = stamp, HidesNothing = false });

    public bool IsOurs(string id, string? stamp)
    {
        lock (_lock)
            return stamp is not null && _stamps.GetValueOrDefault(id).Written == stamp;
    }

    /// <summary>Our own write, and nothing went before it that was not judged: also a page that shows it has no news of the lead.</summary>
    public bool IsNoNews(string id, string? stamp)
    {
        lock (_lock)
            return stamp is not null && _stamps.GetValueOrDefault(id) is { HidesNothing: true } known && known.Written == stamp;
    }

    /// <summary>An activity as our own write left it.</summary>
    public void WroteAct(PipedriveRecord act)
    {
        lock (_lock)
        {
            if (_acts.Count >= Most)
                _acts.Clear();
            _acts[act.Id!] = (act["update_time"], act["done"]);
        }
    }

    /// <summary>Whether an activity is still as our own write left it. Its stamp alone does not tell: it is of a whole second.</summary>
    public bool IsOurAct(string id, string? stamp, string? done)
    {
        lock (_lock)
            return stamp is not null && _acts.TryGetValue(id, out var ours) && ours == (stamp, done);
    }

    private void Note(string id, Func<Stamps, Stamps> change)
    {
        lock (_lock)
        {
            if (_stamps.Count >= Most)
                _stamps.Clear(); // then a page's word on our own write is news
            _stamps[id] = change(_stamps.GetValueOrDefault(id));
        }
    }

    private readonly record struct Stamps(string? Judged, string? Guarded, string? Written, bool HidesNothing);
}
