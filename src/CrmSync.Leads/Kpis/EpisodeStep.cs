using CrmSync.Leads.Handover;

namespace CrmSync.Leads.Kpis;

/// <summary>One confirmed change of an episode.</summary>
/// <param name="From">The stage before; null where it is not known.</param>
/// <param name="To">The stage after.</param>
/// <param name="State">The hand-over state after; null: unchanged.</param>
public readonly record struct EpisodeStep(LifecycleStage? From, LifecycleStage? To, HandoverState? State)
{
    /// <param name="at">When it was decided or happened; null: nobody observed the instant.</param>
    public EpisodeStep(LifecycleStage? from, LifecycleStage? to, HandoverState? state, DateTimeOffset? at)
        : this(from, to, state) => At = Moment.Of(at);

    /// <summary>When the CRM was told; null: it told us.</summary>
    public DateTimeOffset? AppliedAt { get => Applied.At; init => Applied = Moment.Of(value); }

    internal Moment At { get; init; }
    internal Moment Applied { get; private init; }

    /// <summary>The sale was lost; <see cref="State"/> stays as it was.</summary>
    public bool IsLost { get; init; }

    /// <summary>Read from history.</summary>
    public bool Imported { get; init; }

    /// <summary>Why sales said no.</summary>
    public string? Reason { get; init; }
}
