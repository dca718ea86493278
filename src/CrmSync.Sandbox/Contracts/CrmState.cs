using System.Text.Json.Serialization;

namespace CrmSync.Sandbox.Contracts;

/// <summary>What a CRM holds, as the vendor itself would know it: no lag, no limits.</summary>
public sealed record CrmState(IReadOnlyList<LeadState> Leads);

/// <summary>One person's record with what hangs on it.</summary>
public sealed record LeadState
{
    /// <summary>The scenario's key; null for a record that was not made through the control port.</summary>
    public string? Key { get; init; }
    public required string AccountId { get; init; }
    public required string Id { get; init; }
    /// <summary>The kind of record, in the vendor's word.</summary>
    [JsonPropertyName("object")]
    public required string ObjectName { get; init; }
    public string? Stage { get; init; }
    public required IReadOnlyDictionary<string, string> Fields { get; init; }
    public required IReadOnlyList<ActivityState> Tasks { get; init; }
    public required IReadOnlyList<ActivityState> Notes { get; init; }
    public bool Archived { get; init; }
    public string? MergedInto { get; init; }
}

/// <summary>A task or a note.</summary>
public sealed record ActivityState(string Id, IReadOnlyDictionary<string, string> Fields);
