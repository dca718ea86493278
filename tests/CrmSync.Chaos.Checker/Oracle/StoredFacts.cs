using System.Text.Json;
using CrmSync.Chaos.Checker.History;

namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>Acts of one kind. <see cref="CompleteSince"/>: since when all are known; null: not at all. <see cref="Total"/>: how many there ever were.</summary>
public sealed record StoredActs(DateTimeOffset? CompleteSince, DateTimeOffset? LastAt, long? Total, IReadOnlyList<(DateTimeOffset At, int Count)> Acts);

/// <summary>The facts of a judgement as they were stored. What is not there was not known.</summary>
public sealed class StoredFacts
{
    private readonly Dictionary<string, JsonElement> _values;

    private StoredFacts(Dictionary<string, JsonElement> values) => _values = values;

    public static StoredFacts Parse(string json) => new(JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value));

    public bool Knows(string fact) => _values.ContainsKey(fact);

    public string? Text(string fact) => Find(fact)?.GetString();

    public decimal? Number(string fact) => Find(fact)?.GetDecimal();

    public bool? Flag(string fact) => Find(fact)?.GetBoolean();

    public IEnumerable<string>? Choices(string fact) => Find(fact)?.EnumerateArray().Select(v => v.GetString()!);

    public StoredActs? Acts(string fact)
    {
        if (Find(fact) is not { } acts)
            return null;
        DateTimeOffset? since = acts.TryGetProperty("completeSince", out var text)
            ? text.GetString() == "always" ? DateTimeOffset.MinValue : Instant.Of(text.GetString()!)
            : null;
        return new(since, acts.TryGetProperty("lastAt", out var last) ? Instant.Of(last.GetString()!) : null,
            acts.TryGetProperty("total", out var total) ? total.GetInt64() : null,
            [.. acts.GetProperty("acts").EnumerateArray().Select(a => (Instant.Of(a.GetProperty("at").GetString()!), a.GetProperty("count").GetInt32()))]);
    }

    private JsonElement? Find(string fact) => _values.TryGetValue(fact, out var value) ? value : null;
}

/// <summary>What else a judgement stood on, and the scores that it came to.</summary>
/// <param name="CoolOffSince">When what it rests from was said; null in evidence that does not tell.</param>
public sealed record StoredInputs(DateTimeOffset JudgedAt, string? State, DateTimeOffset? CoolOffUntil, DateTimeOffset? CoolOffSince, int Fit, int Interest)
{
    public static StoredInputs Parse(string json)
    {
        var root = JsonDocument.Parse(json).RootElement;
        return new(Instant.Of(root.GetProperty("judgedAt").GetString()!), root.GetProperty("state").GetString(),
            InstantOf(root, "coolOffUntil"), InstantOf(root, "coolOffSince"), root.GetProperty("fit").GetInt32(), root.GetProperty("interest").GetInt32());
    }

    private static DateTimeOffset? InstantOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.GetString() is { } text ? Instant.Of(text) : null;
}

/// <summary>What was found for one criterion.</summary>
public sealed record StoredFinding(string Result, int Points)
{
    public static IReadOnlyDictionary<string, StoredFinding> Parse(string json) => JsonDocument.Parse(json).RootElement.EnumerateArray()
        .ToDictionary(f => f.GetProperty("criterion").GetString()!, f => new StoredFinding(f.GetProperty("result").GetString()!, f.GetProperty("points").GetInt32()));
}
