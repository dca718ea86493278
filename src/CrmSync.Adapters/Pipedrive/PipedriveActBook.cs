namespace CrmSync.Adapters.Pipedrive;

/// <summary>Pages of activities by lead or deal. Not thread-safe.</summary>
internal sealed class PipedriveActBook(TimeProvider time)
{
    private const int MostPages = 20_000;
    private const int MostActs = 50_000;

    /// <summary>Every change is told by an event or found by a poll; only what both missed grows old here.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(26);
    private readonly Dictionary<string, PipedriveActPage> _pages = [];
    private readonly DateTimeOffset _began = time.GetUtcNow();
    private readonly long _beganAt = time.GetTimestamp();
    private bool _isClosed;

    /// <summary>All activities there are were walked through, not long ago.</summary>
    private bool IsWhole => _isClosed && time.GetElapsedTime(_beganAt) < Fresh;

    /// <summary>Being filled by a walk through all activities: whoever is named gets a page.</summary>
    public bool IsWalk { get; init; }

    public bool IsFull => _pages.Count > MostPages || _pages.Values.Sum(p => p.Acts.Count) > MostActs;

    /// <summary>Begins a page anew, which is in doubt until all of it is there.</summary>
    public PipedriveActPage Open(string owner) => Begin(owner, new(time.GetTimestamp()) { IsDoubtful = true });

    public PipedriveActPage? Find(string owner) => _pages.TryGetValue(owner, out var page) && time.GetElapsedTime(page.At) < Fresh ? page : null;

    /// <summary>The page of whoever is named; null where what is not named is not known. No walk tells all of a deal's (<see cref="Closed"/>).</summary>
    public PipedriveActPage? FindOrMake(string owner) => Find(owner) ?? ((IsWalk || IsWhole) && PipedriveStreams.IsLead(owner) ? Begin(owner, new(_beganAt)) : null);

    /// <summary>A page on which nothing is missing. A walk that found none of a lead's shows that it has none, unless the lead is younger.</summary>
    public PipedriveActPage? FindWhole(string owner, DateTimeOffset? created)
    {
        var page = Find(owner);
        if (page is { IsWhole: true } or { IsDoubtful: true } || !IsWhole || !(created < _began) || !PipedriveStreams.IsLead(owner))
            return page is { IsWhole: true } ? page : null;
        page ??= Begin(owner, new(_beganAt));
        page.Close(null);
        return page;
    }

    /// <summary>The walk has ended: this is all there is.</summary>
    public PipedriveActBook Closed()
    {
        // What hangs on a lead moves to its deal when it is converted, and no event tells: a deal's page may lack that.
        foreach (var (owner, page) in _pages)
            if (PipedriveStreams.IsLead(owner))
                page.Close(null);
        _isClosed = true;
        return this;
    }

    private PipedriveActPage Begin(string owner, PipedriveActPage page)
    {
        if (_pages.Count >= 2 * MostPages)
        {
            _pages.Clear(); // costs a list each, and nothing else
            _isClosed = false;
        }
        return _pages[owner] = page;
    }
}

/// <summary>The activities of one lead or deal.</summary>
/// <param name="at">When they were read, as a timestamp.</param>
internal sealed class PipedriveActPage(long at)
{
    private decimal? _elsewhere;

    public long At => at;

    /// <summary>Something may be missing or untrue: a list must be asked for.</summary>
    public bool IsDoubtful { get; init; }
    public bool IsWhole { get; private set; }
    public Dictionary<string, PipedriveRecord> Acts { get; } = [];
    public HashSet<string> Changed { get; } = [];

    /// <summary>What is kept and newer stays.</summary>
    public void Add(PipedriveRecord act)
    {
        if (!Acts.TryGetValue(act.Id!, out var kept) || string.CompareOrdinal(kept["update_time"], act["update_time"]) <= 0)
            Acts[act.Id!] = Lean(act);
    }

    /// <summary>Nothing is missing any more. What the person has beyond that hangs on other leads and deals.</summary>
    public void Close(decimal? counted) => (IsWhole, _elsewhere) = (true, counted is null ? null : Math.Max(0, counted.Value - Acts.Count));

    public IReadOnlyList<PipedriveRecord>? Of(decimal? counted)
    {
        _elsewhere ??= counted is null ? null : Math.Max(0, counted.Value - Acts.Count);
        return counted is null || counted - Acts.Count <= _elsewhere ? [.. Acts.Values] : null;
    }

    public IReadOnlyList<string> TakeChanged()
    {
        string[] changed = [.. Changed];
        Changed.Clear();
        return changed;
    }

    /// <summary>What of it is ever asked for: of its text no more than the key that stands under it.</summary>
    private static PipedriveRecord Lean(PipedriveRecord act)
    {
        var lean = new PipedriveRecord();
        foreach (var field in (ReadOnlySpan<string>)["id", "lead_id", "deal_id", "owner_id", "type", "subject", "done", "add_time", "update_time", "marked_as_done_time", "is_deleted"])
            lean.Set(field, act[field]);
        var text = act[PipedriveActivityFields.Body];
        lean.Set(PipedriveActivityFields.Body, text?.IndexOf(PipedriveActivityFields.TaskMark, StringComparison.Ordinal) is >= 0 and var at ? text[at..] : null);
        return lean;
    }
}
