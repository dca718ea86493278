using System.Globalization;
using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>What a record held from one change to the next.</summary>
/// <param name="Values">All values kept; calculated ones are not among them.</param>
/// <param name="UpdatedTicks">The modified date, which is also when the state began.</param>
/// <param name="ArchivedTicks">When it was archived; zero for a live record.</param>
/// <param name="IndexedTicks">When search begins to show this state.</param>
internal sealed record RecordState(ValueBag Values, long UpdatedTicks, long ArchivedTicks, long IndexedTicks)
{
    public bool IsArchived => ArchivedTicks != 0;

    public DateTimeOffset UpdatedAt => new(UpdatedTicks, TimeSpan.Zero);
}

/// <summary>One version of one property.</summary>
internal sealed record PropertyVersion(string Value, DateTimeOffset At, ChangeSource Actor);

/// <summary>A contact, company, deal, task or note. Only the writers beside it change it.</summary>
internal sealed class HubSpotRecord(ObjectType type, long id, long createdTicks, ChangeSource creator, RecordState state)
{
    private static readonly long KeptFor = TimeSpan.FromMinutes(15).Ticks;

    private List<RecordState>? past;
    private Dictionary<string, List<PropertyVersion>>? history;

    public ObjectType Type => type;

    public long Id => id;

    public string IdText => id.ToString(CultureInfo.InvariantCulture);

    public DateTimeOffset CreatedAt => new(createdTicks, TimeSpan.Zero);

    public ChangeSource Creator => creator;

    public RecordState State { get; private set; } = state;

    public List<Link>? Links { get; set; }

    public long? MergedInto { get; set; }

    /// <summary>Erased for privacy: nothing but the id is left, and no call finds it.</summary>
    public bool IsErased { get; private set; }

    public bool IsGone => IsErased || MergedInto is not null;

    public void Enter(RecordState next)
    {
        if (next.UpdatedTicks == State.UpdatedTicks)
        {
            // Within one millisecond nobody can have seen the state between.
            State = next;
            return;
        }

        past ??= [];
        past.Add(State);
        // Old states serve lagging searches and stale reads only; the one in force a quarter of an hour ago is the oldest that anybody can ask for.
        while (past.Count > 1 && past[1].UpdatedTicks < next.UpdatedTicks - KeptFor)
        {
            past.RemoveAt(0);
        }

        State = next;
    }

    public void Erase(RecordState empty)
    {
        past = null;
        history = null;
        Links = null;
        IsErased = true;
        State = empty;
    }

    /// <summary>The state that search knows; null while it does not know the record.</summary>
    public RecordState? Indexed(long nowTicks) => Latest(state => state.IndexedTicks <= nowTicks);

    /// <summary>The state in force at an instant; null before the record was there.</summary>
    public RecordState? AsOf(long ticks) => Latest(state => state.UpdatedTicks <= ticks);

    /// <summary>Whether a journal entry with this instant still describes a state of the record.</summary>
    public bool HasStateOf(long ticks) => State.UpdatedTicks == ticks || (past?.Exists(state => state.UpdatedTicks == ticks) ?? false);

    public void Remember(string property, string before, PropertyVersion version)
    {
        history ??= new(StringComparer.Ordinal);
        if (!history.TryGetValue(property, out var versions))
        {
            // Until its first change a value's history is the creation of the record, so nothing had been kept.
            history[property] = versions = before.Length == 0 ? [] : [new PropertyVersion(before, CreatedAt, Creator)];
        }

        versions.Add(version);
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<PropertyVersion> Versions(string property)
    {
        if (history is not null && history.TryGetValue(property, out var versions))
        {
            return [.. Enumerable.Reverse(versions).OrderByDescending(version => version.At)];
        }

        return State.Values.Get(property) is { } value ? [new PropertyVersion(value, CreatedAt, Creator)] : [];
    }

    private RecordState? Latest(Func<RecordState, bool> applies) => applies(State) ? State : past?.FindLast(state => applies(state));
}

/// <summary>An association as one of its ends sees it.</summary>
internal sealed record Link(ObjectType To, long ToId, IReadOnlyList<int> Types);
