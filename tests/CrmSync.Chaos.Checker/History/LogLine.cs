using System.Text.Json.Serialization;

namespace CrmSync.Chaos.Checker.History;

/// <summary>One line of the CRM's authoritative log.</summary>
public sealed record LogLine
{
    /// <summary>The order in which things happened.</summary>
    public long N { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>request, webhook, stream, act, clock or fault.</summary>
    public required string Kind { get; init; }
    public string? Identity { get; init; }
    public string? Method { get; init; }
    public string? Path { get; init; }
    public int? Status { get; init; }

    /// <summary>sent, lost or cut.</summary>
    public string? Reply { get; init; }
    public string? Fault { get; init; }

    /// <summary>Ids of the leads whose record this request read.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>Ids of the events that a webhook carried, or the one that a stream told, as its sender names them.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>The change that a webhook or an event told of, where it was of one alone.</summary>
    public News? About { get; init; }

    /// <summary>When the oldest change happened that a webhook told of, or that a search could not show yet.</summary>
    public DateTimeOffset? Oldest { get; init; }

    public IReadOnlyList<Change> Effects { get; init; } = [];
}

/// <summary>One value that changed in the CRM. <paramref name="Record"/>: contacts, tasks, notes ...; <paramref name="Actor"/>: <c>api:...</c>, <c>person:...</c>, <c>automation</c>, <c>visitor</c>.</summary>
public sealed record Change([property: JsonPropertyName("object")] string Record, string Id, string Field, string? Before, string? After, string Actor)
{
    /// <summary>The CRM's own name of the record's kind, and its own id, which later records of the same person do not share.</summary>
    [JsonIgnore]
    public string OwnRecord { get; init; } = Record;

    [JsonIgnore]
    public string OwnId { get; init; } = Id;
}

/// <summary>A change of one record as a webhook tells of it, in the CRM's own words; the stamp is the record's.</summary>
public sealed record News([property: JsonPropertyName("object")] string Record, string Id, string Action, DateTimeOffset Stamp, string Actor);
