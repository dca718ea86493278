namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// The activities of leads and deals as lists have shown them. What an event names is to be read again, alone, which costs a tenth of a
/// list; what a page or the answer to our own write shows takes the place of what was kept. A walk through all of them spares even the
/// lists. Any thread may call.
/// </summary>
internal sealed class PipedriveActs(TimeProvider time)
{
    private const int MostKnown = 200_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _owners = [];
    private readonly PipedriveNamed _named = new(MostKnown);
    private PipedriveActBook _book = new(time);
    private PipedriveActBook? _walk;

    /// <summary>An activity that hangs on this lead or deal was seen, other than our own tasks, whatever its person counts.</summary>
    public bool IsNamed(string owner) => _named.Has(owner);

    /// <summary>A list is about to be asked for: what changes from here on may be missing on it.</summary>
    public PipedriveActPage Expect(string owner)
    {
        lock (_lock)
        {
            if (_owners.Count > MostKnown)
            {
                _owners.Clear(); // costs a list each, and nothing else
                _book = new(time);
            }
            return _book.Open(owner);
        }
    }

    /// <summary>Keeps all activities of a lead or deal, as the list that was asked for shows them.</summary>
    /// <param name="page">What was expected; dropped meanwhile, it stays in doubt.</param>
    /// <param name="counted">How many its person has in all; null where nobody counts them.</param>
    public void Put(string owner, PipedriveActPage page, IReadOnlyList<PipedriveRecord> acts, decimal? counted)
    {
        lock (_lock)
        {
            if (_book.Find(owner) != page)
                return;
            foreach (var act in acts)
                Add(page, owner, act);
            page.Close(counted);
        }
    }

    /// <summary>Null where none are kept, or the person has more by now than can hang elsewhere.</summary>
    /// <param name="created">When the lead came to be, where that is known: of one that is older than the walk nothing is missing.</param>
    public IReadOnlyList<PipedriveRecord>? Of(string owner, decimal? counted, DateTimeOffset? created = null)
    {
        lock (_lock)
            return _book.FindWhole(owner, created)?.Of(counted);
    }

    /// <summary>Those of a lead or deal that changed since they were read; whoever takes them reads them, or drops all.</summary>
    public IReadOnlyList<string> TakeChanged(string owner, DateTimeOffset? created)
    {
        lock (_lock)
            return _book.FindWhole(owner, created)?.TakeChanged() ?? [];
    }

    /// <summary>An event names an activity, and the leads and deals that it hangs on or hung on.</summary>
    public void Changed(string id, IReadOnlyList<string> owners)
    {
        _named.Add(owners);
        lock (_lock)
            foreach (var book in Books())
            {
                foreach (var owner in owners)
                    book.FindOrMake(owner)?.Changed.Add(id);
                if (_owners.TryGetValue(id, out var former))
                    book.Find(former)?.Changed.Add(id);
            }
    }

    /// <summary>An activity as it was a moment ago; what is known to be later stays.</summary>
    public void Saw(PipedriveRecord act)
    {
        if (act.Id is not { } id)
            return;
        lock (_lock)
        {
            var (owner, before) = (act["lead_id"] ?? act["deal_id"], _owners.GetValueOrDefault(id));
            if (owner is not null && act[PipedriveActivityFields.Body]?.Contains(PipedriveActivityFields.TaskMark, StringComparison.Ordinal) != true)
                _named.Add([owner]);
            foreach (var book in Books())
            {
                var former = before is null ? null : book.Find(before);
                if (former?.Acts.GetValueOrDefault(id) is { } kept && At(kept) > At(act))
                    continue;
                former?.Acts.Remove(id);
                if (owner is not null && act["is_deleted"] != "true" && book.FindOrMake(owner) is { } page)
                    Add(page, owner, act);
            }
        }
    }

    /// <summary>An activity that is there no more.</summary>
    public void Lost(string id)
    {
        lock (_lock)
            if (_owners.Remove(id, out var owner))
                foreach (var book in Books())
                    book.Find(owner)?.Acts.Remove(id);
    }

    /// <summary>Of this lead or deal nothing is certain any more.</summary>
    public void Drop(string owner)
    {
        lock (_lock)
            _book.Open(owner);
    }

    /// <summary>A walk through all activities begins: page by page they are seen, until it ends or turns out too long.</summary>
    public void BeginWalk()
    {
        lock (_lock)
            _walk = new(time) { IsWalk = true };
    }

    /// <summary>What a page of the walk shows. False: they are too many to be kept.</summary>
    public bool Walk(IEnumerable<PipedriveRecord> acts)
    {
        foreach (var act in acts)
            Saw(act);
        lock (_lock)
        {
            if (_walk?.IsFull == true)
                _walk = null;
            return _walk is not null;
        }
    }

    /// <param name="isWhole">All were seen; otherwise it was for nothing.</param>
    public void EndWalk(bool isWhole)
    {
        lock (_lock)
            (_book, _walk) = (isWhole ? _walk?.Closed() ?? _book : _book, null);
    }

    private IEnumerable<PipedriveActBook> Books() => _walk is null ? [_book] : [_book, _walk];

    private void Add(PipedriveActPage page, string owner, PipedriveRecord act)
    {
        page.Add(act);
        _owners[act.Id!] = owner;
    }

    private static DateTimeOffset? At(PipedriveRecord act) => PipedriveStreams.Instant(act["update_time"]);
}
