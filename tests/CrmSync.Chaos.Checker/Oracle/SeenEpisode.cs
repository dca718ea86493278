namespace CrmSync.Chaos.Checker.Oracle;

/// <summary>A hand-over as the CRM's log shows it.</summary>
public sealed record SeenEpisode(string LeadId)
{
    /// <summary>It was offered or held as an MQL.</summary>
    public bool IsMql { get; init; }

    /// <summary>Between when it can have become one: we decide it before the CRM hears of it; null: nobody knows.</summary>
    public DateTimeOffset? MqlAt { get; init; }
    public DateTimeOffset? MqlBy { get; init; }

    /// <summary>Sales took it without an offer.</summary>
    public bool IsSalesGenerated { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Where nobody knows when that was, the latest instant that it can have been; null: it is known.</summary>
    public DateTimeOffset? AcceptedBy { get; init; }
    public DateTimeOffset? RejectedAt { get; init; }
    public DateTimeOffset? WonAt { get; init; }

    /// <summary>The last state that our field showed; null: it was withdrawn.</summary>
    public string? State { get; init; }

    /// <summary>A merge or somebody's stage let it go nowhere: it is in no figure.</summary>
    public bool IsSuperseded => State == "superseded";

    /// <summary>Not yet answered for good: the next offer belongs to it.</summary>
    public bool IsUndecided => State is "waiting" or "held" or "returned";

    /// <summary>The most that it can be.</summary>
    public decimal? DaysToWon => DaysFrom(AcceptedAt);

    /// <summary>The least that it can be.</summary>
    public decimal? LeastDaysToWon => DaysFrom(AcceptedBy ?? AcceptedAt);

    private decimal? DaysFrom(DateTimeOffset? accepted) => WonAt > accepted ? (decimal)(WonAt.Value - accepted.Value).Ticks / TimeSpan.TicksPerDay : null;
}
