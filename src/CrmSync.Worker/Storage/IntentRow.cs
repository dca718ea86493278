using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Handover;

namespace CrmSync.Worker.Storage;

/// <summary>Where an effect stands. The first three are open; the others end it. Stored by name in lower case.</summary>
public enum IntentState
{
    Pending,

    /// <summary>Handed to the adapter; its answer is awaited.</summary>
    Sent,

    /// <summary>It may have been applied: reading settles it.</summary>
    Unknown,
    Applied,
    Refused,
    Conflict,
    Superseded,
    Gone,
}

/// <summary>The part of a transition that one request carries.</summary>
public enum IntentStep
{
    /// <summary>The only request.</summary>
    Write,

    /// <summary>The first of two: empties the stage.</summary>
    Clear,

    /// <summary>The second of two.</summary>
    Set,
}

/// <summary>An effect that was decided and is to happen at most once.</summary>
public sealed record IntentRow
{
    public required string TransitionId { get; init; }
    public IntentStep Step { get; init; }
    public IntentState State { get; init; }
    public required string Connection { get; init; }
    public required string LeadKey { get; init; }
    public required string LeadId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not to be sent or read before this instant.</summary>
    public required DateTimeOffset NotBefore { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public string? Reason { get; init; }

    /// <summary>How often it was sent, and how often an unknown outcome was read without an answer.</summary>
    public int Sends { get; init; }
    public int Reads { get; init; }
    public required IntentBody Body { get; init; }
}

/// <summary>What is to be written, and what the CRM must still hold for it to be written; kept as JSON.</summary>
public sealed record IntentBody
{
    public required StageStep StageStep { get; init; }
    public LifecycleStage? FromStage { get; init; }
    public LifecycleStage? ToStage { get; init; }
    /// <summary>The episode as it is once the effect is confirmed; null for an effect outside the hand-over.</summary>
    public Episode? Episode { get; init; }

    /// <summary>Who decided, as in the audit.</summary>
    public required string Actor { get; init; }
    public string? RuleSetHash { get; init; }
    public string? EvidenceHash { get; init; }
    public required string Marker { get; init; }
    public required IReadOnlyDictionary<string, string?> Fields { get; init; }

    /// <summary>The CRM's stage value once applied: what the read-back is compared with.</summary>
    public string? TargetStage { get; init; }

    /// <summary>The CRM's stage value, marker and answer when the lead was judged.</summary>
    public string? ExpectedStage { get; init; }
    public string? ExpectedMarker { get; init; }
    public string? ExpectedAnswer { get; init; }

    /// <summary>What marketing asked for when the lead was judged.</summary>
    public string? ExpectedRequest { get; init; }

    /// <summary>How the record must look right after the write for its echo to need no look; null: it is looked at. See <c>EchoPrint</c>.</summary>
    public string? EchoPrint { get; init; }

    /// <summary>Who becomes the lead's owner, which has none; null: it keeps whom it has.</summary>
    public string? OwnerId { get; init; }

    /// <summary>Tasks and notes to be made or changed once the effect is confirmed, and not before; null: none.</summary>
    public IReadOnlyList<LeadActivity>? Activities { get; init; }

    /// <summary>When the CRM last changed what the guarding read saw; where it does not tell, when that read was made. Set when sent.</summary>
    public DateTimeOffset? GuardedAt { get; init; }
}
