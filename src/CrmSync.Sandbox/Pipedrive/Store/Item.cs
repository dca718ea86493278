using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Sandbox.Pipedrive.Store;

/// <summary>A record of any kind. An empty field has no entry.</summary>
internal sealed class Item(EntityKind kind, string id, DateTimeOffset addTime)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private List<ItemView>? earlier;

    public EntityKind Kind => kind;

    public string Id => id;

    /// <summary>The id as a number; 0 for leads.</summary>
    public long Number { get; init; }

    public DateTimeOffset AddTime { get; } = addTime;

    public DateTimeOffset UpdateTime { get; private set; } = addTime;

    public Dictionary<string, object?> Values { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Whether nothing is left of it; a soft deletion is a value.</summary>
    public bool IsGone { get; set; }

    /// <summary>The history that deals and persons have; null before the first change.</summary>
    public List<LoggedChange>? History { get; set; }

    [System.Runtime.CompilerServices.IndexerName("Value")]
    public object? this[string field] => Values.GetValueOrDefault(field);

    public string? Text(string field) => this[field] as string;

    public long? Long(string field) => this[field] as long?;

    public bool Flag(string field) => this[field] is true;

    public bool IsDeleted => IsGone || Flag("is_deleted");

    /// <summary>Puts new values in place; what was stays visible to stale reads for a while.</summary>
    public void Put(Dictionary<string, object?> values, DateTimeOffset at)
    {
        earlier ??= [];
        earlier.RemoveAll(view => view.UpdateTime < at - KeptFor);
        earlier.Add(View);
        (Values, UpdateTime) = (values, at);
    }

    /// <summary>Values without a trace of what was before.</summary>
    public void Fill(IEnumerable<KeyValuePair<string, object?>> values)
    {
        foreach (var (field, value) in values)
        {
            if (value is not null)
            {
                Values[field] = value;
            }
        }
    }

    public ItemView View => new(this, Values, UpdateTime);

    /// <summary>How it looked at an instant; null when it was not there yet.</summary>
    public ItemView? Seen(DateTimeOffset at)
    {
        if (at < AddTime)
        {
            return null;
        }

        return UpdateTime <= at || earlier is null ? View : earlier.Where(view => view.UpdateTime <= at).LastOrDefault(earlier[0]);
    }
}

/// <summary>A record as it was at one time.</summary>
internal readonly record struct ItemView(Item Record, IReadOnlyDictionary<string, object?> Values, DateTimeOffset UpdateTime)
{
    public object? this[string field] => Values.GetValueOrDefault(field);
}

/// <summary>One line of the history of a deal or a person.</summary>
internal sealed record LoggedChange(string Field, object? Before, object? After, CompanyActor Actor, DateTimeOffset At);
