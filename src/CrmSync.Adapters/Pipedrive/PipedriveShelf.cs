using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>What this process knows of the account without asking: what pages have just shown, what events told, and what we wrote ourselves.</summary>
internal sealed class PipedriveShelf(TimeProvider time)
{
    private const int Most = 5_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string?> _written = [];
    private readonly Dictionary<string, string[]> _told = [];
    private readonly Dictionary<string, (string? Stamp, string? Done, bool IsNew)> _acts = [];
    private PipedriveFieldBook? _book;

    public PipedriveRows Rows { get; } = new(time);

    /// <summary>The activities of leads and deals.</summary>
    public PipedriveActs Acts { get; } = new(time);

    /// <summary>Whether events come.</summary>
    public PipedriveEars Ears { get; } = new(time);

    /// <summary>Who changed what by hand, as events told.</summary>
    public PipedriveEdits Edits { get; } = new();

    /// <summary>How far Pipedrive's clock is behind ours.</summary>
    public ServerClock Clock { get; } = new(time);

    /// <summary>The start, as far as two clocks tell: what is stamped later was not done before it.</summary>
    public DateTimeOffset Since { get; } = time.GetUtcNow().AddMinutes(1);

    /// <summary>The account's fields as last read; null before.</summary>
    public PipedriveFieldBook? Book
    {
        get => Volatile.Read(ref _book);
        set => Volatile.Write(ref _book, value);
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
        Rows.Drop(id, stamp);
    }

    public bool IsOurs(string id, string stamp)
    {
        lock (_lock)
            return _written.GetValueOrDefault(id) == stamp;
    }

    /// <summary>An activity as our own write left it.</summary>
    /// <param name="isNew">It was made: nobody can have changed it before.</param>
    public void WroteAct(PipedriveRecord act, bool isNew)
    {
        lock (_lock)
        {
            if (_acts.Count >= Most)
                _acts.Clear();
            _acts[act.Id!] = (act["update_time"], act["done"], isNew);
        }
    }

    /// <summary>Whether an activity is still as our own write left it. Its stamp alone does not tell: it is of a whole second.</summary>
    public bool IsOurAct(string id, string? stamp, string? done) => OurAct(id) is { } ours && stamp is not null && (ours.Stamp, ours.Done) == (stamp, done);

    /// <summary>Whether it is still as we made it: then a page that shows it cannot hide what somebody else did before.</summary>
    public bool IsOurNewAct(string id, string? stamp, string? done) => OurAct(id) is { IsNew: true } && IsOurAct(id, stamp, done);

    /// <summary>An event names an activity, and the leads and deals that it hangs on or hung on.</summary>
    public void Told(string act, IReadOnlyList<string> leads, IReadOnlyList<string> deals)
    {
        Acts.Changed(act, [.. leads, .. deals]);
        if (deals.Count == 0)
            return;
        lock (_lock)
        {
            if (_told.Count >= Most)
                _told.Clear();
            _told[act] = [.. _told.GetValueOrDefault(act, []).Union(deals)];
        }
    }

    /// <summary>The deals that an activity's events named since they were last followed; null: none.</summary>
    public IReadOnlyList<string>? ToldOf(string act)
    {
        lock (_lock)
            return _told.GetValueOrDefault(act);
    }

    /// <summary>What was told of an activity has been followed.</summary>
    public void Followed(string act)
    {
        lock (_lock)
            _told.Remove(act);
    }

    private (string? Stamp, string? Done, bool IsNew)? OurAct(string id)
    {
        lock (_lock)
            return _acts.TryGetValue(id, out var ours) ? ours : null;
    }
}
