namespace CrmSync.Leads.Facts;

/// <summary>
/// What is known of one kind of act. CRMs often give a lifetime counter and the last instant only, so the acts known one
/// by one may be fewer than <see cref="Total"/>. Instants are kept in UTC.
/// </summary>
public sealed record Engagement
{
    /// <summary>More than any counter says.</summary>
    internal const long NoTotal = long.MaxValue / 4;

    /// <summary>Later than any instant.</summary>
    internal const long Never = long.MaxValue;

    // Ticks and not instants: rules ask for them millions of times, and they lie closer together.
    private readonly EngagementAct[] _acts = [];

    /// <summary>The acts known, oldest first. One entry may stand for several acts seen between two readings.</summary>
    public IReadOnlyList<EngagementAct> Acts
    {
        get => _acts;
        init => _acts = value as EngagementAct[] ?? [.. value];
    }

    /// <summary>The CRM's lifetime counter, or null where it keeps none.</summary>
    public long? Total
    {
        get => TotalOrMore == NoTotal ? null : TotalOrMore;
        init => TotalOrMore = value is { } total ? Math.Clamp(total, 0, NoTotal) : NoTotal;
    }

    /// <summary>The latest act that the CRM tells of.</summary>
    public DateTimeOffset? LastAt
    {
        get => LastTicks == Never ? null : new(LastTicks, TimeSpan.Zero);
        init => LastTicks = value?.UtcTicks ?? Never;
    }

    /// <summary>
    /// Since when <see cref="Acts"/> is complete. <see cref="DateTimeOffset.MinValue"/>: always. Null: an adapter that
    /// knows a counter only leaves it to the worker, which counts differences between readings.
    /// </summary>
    public DateTimeOffset? CompleteSince
    {
        get => CompleteSinceTicks == Never ? null : new(CompleteSinceTicks, TimeSpan.Zero);
        init => CompleteSinceTicks = value?.UtcTicks ?? Never;
    }

    /// <summary><see cref="Acts"/>, for loops that run for every lead.</summary>
    internal ReadOnlySpan<EngagementAct> ActSpan => _acts;

    /// <summary><see cref="Total"/>, or <see cref="NoTotal"/>.</summary>
    internal long TotalOrMore { get; private init; } = NoTotal;

    /// <summary>UTC ticks of <see cref="LastAt"/>, or <see cref="Never"/>.</summary>
    internal long LastTicks { get; private init; } = Never;

    /// <summary>UTC ticks of <see cref="CompleteSince"/>, or <see cref="Never"/>.</summary>
    internal long CompleteSinceTicks { get; private init; } = Never;
}

/// <summary>One act, or several that cannot be told apart. <paramref name="Detail"/>: the title of a webinar or form.</summary>
public readonly record struct EngagementAct(DateTimeOffset At, int Count = 1, string? Detail = null);
