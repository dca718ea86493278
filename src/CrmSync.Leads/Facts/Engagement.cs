namespace CrmSync.Leads.Facts;

/// <summary>
/// What is known of one kind of act. CRMs often give a lifetime counter and the last instant only, so the acts known one
/// by one may be fewer than <see cref="Total"/>.
/// </summary>
public sealed record Engagement
{
    private readonly EngagementAct[] _acts = [];

    /// <summary>The acts known, oldest first. One entry may stand for several acts seen between two readings.</summary>
    public IReadOnlyList<EngagementAct> Acts
    {
        get => _acts;
        init => _acts = value as EngagementAct[] ?? [.. value];
    }

    /// <summary>The CRM's lifetime counter, or null where it keeps none.</summary>
    public long? Total { get; init; }

    /// <summary>The latest act that the CRM tells of.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>
    /// Since when <see cref="Acts"/> is complete. <see cref="DateTimeOffset.MinValue"/>: always. Null: an adapter that
    /// knows a counter only leaves it to the worker, which counts differences between readings.
    /// </summary>
    public DateTimeOffset? CompleteSince { get; init; }

    /// <summary><see cref="Acts"/>, for loops that run for every lead.</summary>
    internal ReadOnlySpan<EngagementAct> ActSpan => _acts;
}

/// <summary>One act, or several that cannot be told apart. <paramref name="Detail"/>: the title of a webinar or form.</summary>
public readonly record struct EngagementAct(DateTimeOffset At, int Count = 1, string? Detail = null);
