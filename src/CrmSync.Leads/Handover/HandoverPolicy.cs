using CrmSync.Leads.Rules;

namespace CrmSync.Leads.Handover;

/// <summary>The settings the hand-over goes by; part of the rule set and the connection's mapping.</summary>
public sealed record HandoverPolicy
{
    /// <summary>Only what happened after this instant opens an episode. Null: nothing does (shadow).</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>When sales must have answered an offer made at an instant; the flag is a hand-raise.</summary>
    public required Func<DateTimeOffset, bool, DateTimeOffset> DueAt { get; init; }

    /// <summary>When a share (in percent) of the time from an offer to its deadline is over; by default in proportion to the clock.</summary>
    public Func<DateTimeOffset, DateTimeOffset, int, DateTimeOffset>? ShareAt { get; init; }

    /// <summary>The shares at which a reminder is due, in percent.</summary>
    public IReadOnlyList<int> Reminders { get; init; } = [];

    /// <summary>What an offer becomes that nobody answers.</summary>
    public SilencePolicy Silence { get; init; }

    /// <summary>Whom the hand-over tells now when nobody answers in time, or when a rejection is disputed; null: nobody is there.</summary>
    public string? EscalateTo { get; init; }

    /// <summary>How long after its due instant an unanswered offer goes back to marketing.</summary>
    public TimeSpan ExpireAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long an incomplete answer may stand before it counts as none.</summary>
    public TimeSpan IncompleteGrace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long after the first written answer to an offer its giver may change it, however often.</summary>
    public TimeSpan CorrectWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Until when a rejection given at an instant may be disputed.</summary>
    public Func<DateTimeOffset, DateTimeOffset> DisputeUntil { get; init; } = decidedAt => decidedAt.AddDays(7);

    /// <summary>How long what ended rests.</summary>
    public CoolOffSettings CoolOff { get; init; } = new();

    /// <summary>Where a rejected lead's stage goes; null leaves it where it is.</summary>
    public LifecycleStage? StageOnRejected { get; init; }

    /// <summary>In which order the account takes the stages.</summary>
    public StageOrder Order { get; init; } = StageOrder.Usual;

    /// <summary>What beside a written answer counts as a yes.</summary>
    public AcceptSettings Accept { get; init; } = new();

    /// <summary>A person who sets MQL in the CRM opens an episode.</summary>
    public bool PeopleSetMql { get; init; } = true;

    /// <summary>When a reminder of an offer is due. The offer's own deadline stands, whatever the rules say now.</summary>
    public DateTimeOffset? RemindAt(Episode offer, int percent)
    {
        if ((offer.ReassignedAt ?? offer.OfferedAt) is not { } offered || offer.DueAt is not { } due || percent == 100)
            return offer.DueAt;
        var share = ShareAt?.Invoke(offered, due, percent) ?? offered + ((due - offered) * percent / 100);
        return percent < 100 == share < due ? share : due;
    }
}
