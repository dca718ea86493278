namespace CrmSync.Benchmarks.Stub;

/// <summary>One record with its values and the history of its stage. Readers and writers take turns by locking it.</summary>
internal sealed class StubRecord(long id, Dictionary<string, string> values)
{
    private static readonly HashSet<string> Kept = ["lifecyclestage", "crmsync_decision", "recent_conversion_event_name", "recent_conversion_date"];
    private readonly List<(string Property, string Value, string At)> _history = [];

    public long Id => id;

    /// <summary>Null when empty.</summary>
    public string? this[string property] => values.GetValueOrDefault(property);

    public void Set(string property, string? value, string at)
    {
        if (value is null)
            values.Remove(property);
        else
            values[property] = value;
        values["lastmodifieddate"] = at;
        if (Kept.Contains(property))
            _history.Add((property, value ?? "", at));
    }

    /// <summary>Newest first; the value of the beginning stands at its end.</summary>
    public IEnumerable<(string Value, string At)> HistoryOf(string property) =>
        _history.Where(h => h.Property == property).Select(h => (h.Value, h.At)).Reverse()
            .Concat(property == "lifecyclestage" ? [("lead", this["createdate"]!)] : []);
}
