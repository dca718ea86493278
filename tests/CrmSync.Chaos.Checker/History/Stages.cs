using System.Globalization;

namespace CrmSync.Chaos.Checker.History;

/// <summary>The CRM's stage values, their order and what they stand for.</summary>
public sealed class Stages(RunFacts facts)
{
    /// <summary>What an empty stage, or a value of no canonical stage, is called in messages.</summary>
    private readonly Dictionary<string, string> _canonical = facts.StageAliases
        .Concat(facts.StageValues.Select(stage => KeyValuePair.Create(stage.Value, stage.Key)))
        .ToDictionary(pair => pair.Key, pair => pair.Value);

    /// <summary>Null for a value outside the model, and for none.</summary>
    public string? Canonical(string? value) => value is null ? null : _canonical.GetValueOrDefault(value);

    /// <summary>A lead without a stage is at its beginning.</summary>
    public string? Standing(string? value) => string.IsNullOrEmpty(value) ? "Lead" : Canonical(value);

    public bool IsInModel(string value) => _canonical.ContainsKey(value);

    /// <summary>Whether one value stands before another in the CRM's order.</summary>
    public bool IsBefore(string value, string other) => Place(value) < Place(other);

    private int Place(string value)
    {
        for (var i = 0; i < facts.StageOrder.Count; i++)
            if (facts.StageOrder[i] == value)
                return i;
        return -1;
    }
}

/// <summary>Instants as the store writes them.</summary>
public static class Instant
{
    public static DateTimeOffset Of(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>Cut off below the millisecond, as the store does.</summary>
    public static DateTimeOffset Cut(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMillisecond));
}
