namespace CrmSync.Leads.Handover;

/// <summary>The settings the hand-over goes by; part of the rule set and the connection's mapping.</summary>
public sealed record HandoverPolicy
{
    /// <summary>Only what happened after this instant opens an episode. Null: nothing does (shadow).</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>When sales must have answered an offer made at an instant; the flag is a hand-raise.</summary>
    public required Func<DateTimeOffset, bool, DateTimeOffset> DueAt { get; init; }

    /// <summary>How long after its due instant an unanswered offer goes back to marketing.</summary>
    public TimeSpan ExpireAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long an incomplete answer may stand before it counts as none.</summary>
    public TimeSpan IncompleteGrace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Cool-off after "bad timing".</summary>
    public TimeSpan CoolOffBadTiming { get; init; } = TimeSpan.FromDays(180);

    /// <summary>Cool-off after any other rejection, and after an expired offer.</summary>
    public TimeSpan CoolOff { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Where a rejected lead's stage goes; null leaves it where it is.</summary>
    public LifecycleStage? StageOnRejected { get; init; }

    /// <summary>Until when a rejected lead rests. <see cref="DateTimeOffset.MaxValue"/>: for good.</summary>
    public DateTimeOffset RestsUntil(RejectionReason reason, DateTimeOffset decidedAt) => reason switch
    {
        RejectionReason.NeverRelevant => DateTimeOffset.MaxValue,
        RejectionReason.BadTiming => decidedAt + CoolOffBadTiming,
        _ => decidedAt + CoolOff,
    };
}
