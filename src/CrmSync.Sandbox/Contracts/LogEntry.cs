using System.Text.Json.Serialization;

namespace CrmSync.Sandbox.Contracts;

/// <summary>One line of the sandbox's log: a request, a webhook, events on a stream, an act, a move of the clock or a fault.</summary>
public sealed record LogEntry
{
    public long N { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? Crm { get; init; }
    public string? AccountId { get; init; }

    /// <summary>request, webhook, stream, act, clock or fault.</summary>
    public required string Kind { get; init; }

    /// <summary>Who: a kind of token (never the token), a person, automation, or the control port.</summary>
    public string? Identity { get; init; }
    public string? Method { get; init; }
    public string? Path { get; init; }

    /// <summary>The status answered; for a webhook the receiver's. Null when no answer went or came.</summary>
    public int? Status { get; init; }

    /// <summary>sent, lost or cut for a request; the outcome in a word for others.</summary>
    public string? Reply { get; init; }

    /// <summary>How many requests the sliding window of this kind of request held, this one included.</summary>
    public int? WindowUsed { get; init; }
    public string? Fault { get; init; }

    /// <summary>The people's records that this request was shown, by id.</summary>
    public IReadOnlyList<string> Reads { get; init; } = [];

    /// <summary>The events that a webhook carried, or the one of a stream's that this line is about, by the vendor's id.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>The change that a webhook or an event told of; null where it is of several, and for all else.</summary>
    public ToldChange? About { get; init; }

    /// <summary>When the oldest of the changes happened that a webhook tells of, or that a search or a query could not show yet; null for all else.</summary>
    public DateTimeOffset? Oldest { get; init; }

    /// <summary>What changed. A lead that the scenario adds is told with its id and stage alone.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];
}

/// <summary>One value that changed. The actor is <c>api:&lt;identity&gt;</c>, <c>person:&lt;owner key&gt;</c>, <c>automation</c> or <c>visitor</c>.</summary>
public sealed record Effect([property: JsonPropertyName("object")] string ObjectName, string Id, string Field, string? Before, string? After, string Actor);

/// <summary>A change of one record, as a webhook tells of it. The stamp is the record's own of that change.</summary>
public sealed record ToldChange([property: JsonPropertyName("object")] string ObjectName, string Id, string Action, DateTimeOffset Stamp, string Actor);
