namespace CrmSync.Leads.Kpis;

/// <summary>What the KPIs need of one episode: instants in UTC, null where it has not happened (or is not known).</summary>
public sealed record EpisodeRow
{
    public required string LeadKey { get; init; }

    /// <summary>The number of the episode of this lead, from 1.</summary>
    public required int Episode { get; init; }

    public DateTimeOffset? MqlAt { get; init; }
    public DateTimeOffset? OfferedAt { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public DateTimeOffset? RejectedAt { get; init; }

    /// <summary>Expired, disqualified or withdrawn before acceptance: decided by nobody's yes or no.</summary>
    public DateTimeOffset? LapsedAt { get; init; }

    public DateTimeOffset? WonAt { get; init; }
    public DateTimeOffset? LostAt { get; init; }

    /// <summary>Recycled or disqualified after acceptance.</summary>
    public DateTimeOffset? RecycledAt { get; init; }

    /// <summary>Accepted because nobody answered.</summary>
    public bool BySilence { get; init; }

    /// <summary>Accepted by what a rep did, without a written answer.</summary>
    public bool ByAction { get; init; }

    /// <summary>Sales found it: outside MQL to SAL.</summary>
    public bool SalesGenerated { get; init; }

    /// <summary>The acceptance was concluded from a later stage, so its instant is no measurement.</summary>
    public bool AcceptanceInferred { get; init; }

    /// <summary>Another episode goes on after a merge, or sales moved the lead on without an answer: outside every rate.</summary>
    public bool Superseded { get; init; }
}
