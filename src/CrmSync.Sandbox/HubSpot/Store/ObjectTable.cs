using CrmSync.Sandbox.HubSpot.Schema;

namespace CrmSync.Sandbox.HubSpot.Store;

/// <summary>All records of one type in one account.</summary>
internal sealed class ObjectTable(ObjectType type)
{
    private readonly List<HubSpotRecord> ordered = [];
    private readonly Dictionary<long, HubSpotRecord> byId = [];
    private readonly Dictionary<string, Dictionary<string, HubSpotRecord>> unique = new(StringComparer.Ordinal);
    private long nextId = type.FirstId;

    public ChangeJournal Journal { get; } = new();

    /// <summary>In the order of their ids, which is that of creation.</summary>
    public IReadOnlyList<HubSpotRecord> All => ordered;

    public long TakeId() => nextId++;

    public void Add(HubSpotRecord record)
    {
        ordered.Add(record);
        byId.Add(record.Id, record);
        Journal.Add(record);
    }

    /// <summary>The record with exactly this id; merged-away and erased ones are not found.</summary>
    public HubSpotRecord? Find(long id) => byId.TryGetValue(id, out var found) && !found.IsGone ? found : null;

    /// <summary>Like <see cref="Find"/>, but an id that was merged away leads to the survivor.</summary>
    public HubSpotRecord? Resolve(long id)
    {
        byId.TryGetValue(id, out var found);
        while (found is { MergedInto: { } winner })
        {
            byId.TryGetValue(winner, out found);
        }

        return found is { IsErased: false } ? found : null;
    }

    public HubSpotRecord? FindEvenGone(long id) => byId.GetValueOrDefault(id);

    public HubSpotRecord? FindUnique(string property, string value) =>
        unique.TryGetValue(property, out var index) && index.TryGetValue(value.ToLowerInvariant(), out var found) ? found : null;

    public void Index(string property, string? before, string? after, HubSpotRecord record)
    {
        if (!unique.TryGetValue(property, out var index))
        {
            unique[property] = index = new(StringComparer.Ordinal);
        }

        if (!string.IsNullOrEmpty(before) && index.TryGetValue(before.ToLowerInvariant(), out var holder) && holder == record)
        {
            index.Remove(before.ToLowerInvariant());
        }

        if (!string.IsNullOrEmpty(after))
        {
            index[after.ToLowerInvariant()] = record;
        }
    }

    /// <summary>The place of the first record whose id is greater.</summary>
    public int PlaceAfter(long id)
    {
        var (low, high) = (0, ordered.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = ordered[middle].Id <= id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
