using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Kpis;

/// <summary>One confirmed change of an episode.</summary>
/// <param name="From">The stage before; null where it is not known.</param>
/// <param name="To">The stage after.</param>
/// <param name="State">The hand-over state after; null: unchanged.</param>
/// <param name="At">When it was decided or happened; null: nobody observed the instant.</param>
public readonly record struct EpisodeStep(LifecycleStage? From, LifecycleStage? To, HandoverState? State, DateTimeOffset? At)
{
    /// <summary>When the CRM was told; null: it told us.</summary>
    public DateTimeOffset? AppliedAt { get; init; }

    /// <summary>The sale was lost; <see cref="State"/> stays as it was.</summary>
    public bool IsLost { get; init; }

    /// <summary>Read from history.</summary>
    public bool Imported { get; init; }

    /// <summary>Why sales said no.</summary>
    public string? Reason { get; init; }
}
