using CrmSync.Leads;

namespace CrmSync.Adapters;

/// <summary>How one account names the canonical stages, and in which order it keeps them.</summary>
public sealed class StageMap
{
    private readonly Dictionary<string, LifecycleStage> _canonical = new(StringComparer.Ordinal);
    private readonly Dictionary<LifecycleStage, string> _values = [];
    private readonly List<string> _order;

    /// <param name="values">The account's value of each canonical stage it has.</param>
    /// <param name="aliases">Further values that count as a canonical stage when read (a subscriber is a lead).</param>
    /// <param name="order">All the account's values, earliest first.</param>
    public StageMap(
        IReadOnlyDictionary<LifecycleStage, string> values,
        IReadOnlyDictionary<string, LifecycleStage> aliases,
        IEnumerable<string> order)
    {
        _order = [.. order];
        foreach (var (value, stage) in aliases)
            _canonical[value] = stage;
        foreach (var (stage, value) in values)
        {
            _values[stage] = value;
            _canonical[value] = stage;
        }
    }

    public static StageMap Empty { get; } = new(new Dictionary<LifecycleStage, string>(), new Dictionary<string, LifecycleStage>(), []);

    public bool IsEmpty => _values.Count == 0;

    /// <summary>The account's value of a stage; null where it has none, so the hand-over field carries it.</summary>
    public string? ValueOf(LifecycleStage stage) => _values.GetValueOrDefault(stage);

    /// <summary>The canonical stage of a value; null when empty or outside the model.</summary>
    public LifecycleStage? StageOf(string? value) =>
        value is not null && _canonical.TryGetValue(value, out var stage) ? stage : null;

    /// <summary>Whether moving between two values goes against the account's order. Unknown values are never backwards.</summary>
    public bool IsBackwards(string? from, string? to)
    {
        var (a, b) = (from is null ? -1 : _order.IndexOf(from), to is null ? -1 : _order.IndexOf(to));
        return a >= 0 && b >= 0 && b < a;
    }
}
