using System.Globalization;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Store;

/// <summary>All records of a kind, in the order in which they were made, with those that point at another record at hand.</summary>
internal sealed class ItemTable(EntityKind kind)
{
    private static readonly string[] Links = ["lead_id", "deal_id", "person_id", "org_id", "organization_id", "source_lead_id"];

    private readonly List<Item> all = [];
    private readonly Dictionary<string, Item> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Field, string Target), List<Item>> byLink = [];
    private long lastNumber;

    public EntityKind Kind => kind;

    public IReadOnlyList<Item> All => all;

    public Item? Find(string id) => byId.GetValueOrDefault(id);

    public Item? Find(long id) => Find(id.ToString(CultureInfo.InvariantCulture));

    /// <summary>The record with this id that people can still see.</summary>
    public Item? Live(string id) => Find(id) is { IsDeleted: false } item ? item : null;

    /// <summary>Records whose field points at a record.</summary>
    public IReadOnlyList<Item> Of(string field, string target) => byLink.TryGetValue((field, target), out var items) ? items : [];

    /// <summary>Makes an empty record with the next number, or with the id given.</summary>
    public Item Make(DateTimeOffset addTime, string? id = null)
    {
        var item = id is null
            ? new Item(kind, (++lastNumber).ToString(CultureInfo.InvariantCulture), addTime) { Number = lastNumber }
            : new Item(kind, id, addTime);
        all.Add(item);
        byId[item.Id] = item;
        return item;
    }

    /// <summary>Notes where a record points, after it was made or changed.</summary>
    public void Link(Item item, IReadOnlyDictionary<string, object?>? before = null)
    {
        foreach (var field in Links)
        {
            var (old, now) = (Target(before?.GetValueOrDefault(field)), Target(item[field]));
            if (old == now)
            {
                continue;
            }

            if (old is not null)
            {
                byLink[(field, old)].Remove(item);
            }

            if (now is not null)
            {
                if (!byLink.TryGetValue((field, now), out var items))
                {
                    byLink[(field, now)] = items = new List<Item>(1);
                }

                items.Add(item);
            }
        }
    }

    private static string? Target(object? value) => value switch
    {
        long number => number.ToString(CultureInfo.InvariantCulture),
        string text => text,
        _ => null,
    };
}
