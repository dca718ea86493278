namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// The activities of leads and deals as lists have shown them. What an event names is to be read again, alone, which costs a tenth of a
/// list; what a page or the answer to our own write shows takes the place of what was kept.
/// </summary>
internal sealed class PipedriveActs(TimeProvider time)
{
    private const int Most = 5_000;

    /// <summary>Every change is told by an event or found by a poll; only what both missed grows old here.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Kept> _kept = [];
    private readonly Dictionary<string, string> _owners = [];

    /// <summary>A list is about to be asked for: what changes from here on may be missing on it.</summary>
    public void Expect(string owner)
    {
        lock (_lock)
        {
            if (_kept.Count >= Most)
                Clear();
            _kept[owner] = new(time.GetTimestamp());
        }
    }

    /// <summary>Keeps all activities of a lead or deal, as the list that was asked for shows them.</summary>
    /// <param name="counted">How many its person has in all; null where nobody counts them.</param>
    public void Put(string owner, IReadOnlyList<PipedriveRecord> acts, decimal? counted)
    {
        lock (_lock)
        {
            if (!_kept.TryGetValue(owner, out var kept))
                return; // dropped meanwhile
            foreach (var act in acts)
                Add(kept, owner, act);
            (kept.IsWhole, kept.Elsewhere) = (true, Math.Max(0, (counted ?? 0) - acts.Count));
        }
    }

    /// <summary>Null where none are kept, or the person has more by now than can hang elsewhere.</summary>
    public IReadOnlyList<PipedriveRecord>? Of(string owner, decimal? counted)
    {
        lock (_lock)
            return Find(owner) is { IsWhole: true } kept && (counted is null || counted - kept.Acts.Count <= kept.Elsewhere) ? [.. kept.Acts.Values] : null;
    }

    /// <summary>Those of a lead or deal that changed since they were read; whoever takes them reads them, or drops all.</summary>
    public IReadOnlyList<string> TakeChanged(string owner)
    {
        lock (_lock)
        {
            if (Find(owner) is not { IsWhole: true, Changed.Count: > 0 } kept)
                return [];
            string[] changed = [.. kept.Changed];
            kept.Changed.Clear();
            return changed;
        }
    }

    /// <summary>An event names an activity, and the leads and deals that it hangs on or hung on.</summary>
    public void Changed(string id, params ReadOnlySpan<string?> owners)
    {
        lock (_lock)
        {
            foreach (var owner in owners)
                (owner is null ? null : Find(owner))?.Changed.Add(id);
            if (_owners.TryGetValue(id, out var former))
                Find(former)?.Changed.Add(id);
        }
    }

    /// <summary>An activity as it was a moment ago; what is known to be later stays.</summary>
    public void Saw(PipedriveRecord act)
    {
        if (act.Id is not { } id)
            return;
        lock (_lock)
        {
            if (Known(id) is { } known && At(known) > At(act))
                return;
            Remove(id);
            if ((act["lead_id"] ?? act["deal_id"]) is { } owner && act["is_deleted"] != "true" && Find(owner) is { } kept)
                Add(kept, owner, act);
        }
    }

    /// <summary>An activity that is there no more.</summary>
    public void Lost(string id)
    {
        lock (_lock)
            Remove(id);
    }

    /// <summary>Of this lead or deal nothing is certain any more.</summary>
    public void Drop(string? owner)
    {
        lock (_lock)
            _kept.Remove(owner ?? "");
    }

    private PipedriveRecord? Known(string id) => _owners.TryGetValue(id, out var owner) && _kept.TryGetValue(owner, out var kept) ? kept.Acts.GetValueOrDefault(id) : null;

    private static DateTimeOffset? At(PipedriveRecord act) => PipedriveStreams.Instant(act["update_time"]);

    private Kept? Find(string owner) => _kept.TryGetValue(owner, out var kept) && time.GetElapsedTime(kept.At) < Fresh ? kept : null;

    /// <summary>Costs a list each, and nothing else.</summary>
    private void Clear()
    {
        _kept.Clear();
        _owners.Clear();
    }

    private void Add(Kept kept, string owner, PipedriveRecord act) => (kept.Acts[act.Id!], _owners[act.Id!]) = (act, owner);

    private void Remove(string id)
    {
        if (_owners.Remove(id, out var owner) && _kept.TryGetValue(owner, out var kept))
            kept.Acts.Remove(id);
    }

    private sealed record Kept(long At)
    {
        public bool IsWhole { get; set; }

        /// <summary>How many activities of the person hung on other leads and deals.</summary>
        public decimal Elsewhere { get; set; }
        public Dictionary<string, PipedriveRecord> Acts { get; } = [];
        public HashSet<string> Changed { get; } = [];
    }
}
