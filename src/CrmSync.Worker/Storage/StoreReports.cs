using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage;

/// <summary>Counts of one connection. Leads of unknown stage count as <c>Unknown</c>; those without an episode have no state.</summary>
public sealed record ConnectionSummary(
    long Leads,
    IReadOnlyDictionary<string, long> Stages,
    IReadOnlyDictionary<string, long> States,
    IReadOnlyDictionary<string, long> Transitions,
    IReadOnlyDictionary<string, long> Verdicts);

/// <summary>
/// Counts of the whole store. Transitions go by <c>From&gt;To</c> and count changes applied or observed; verdicts are each
/// lead's latest.
/// </summary>
public sealed record StoreSummary(
    IReadOnlyDictionary<string, ConnectionSummary> Connections, IReadOnlyDictionary<string, long> Intents, long Quarantined);

/// <summary>
/// The instants of one episode by the transitions applied or observed; null where it did not come to that. Each is when it was decided or happened,
/// the first time, but <paramref name="WonAt"/> and <paramref name="LostAt"/> the last. <paramref name="LapsedAt"/>: it ended without a decision. <paramref name="State"/>: the last hand-over state.
/// </summary>
public sealed record EpisodeRow(
    string LeadKey, int Episode, string? Connection, DateTimeOffset? MqlAt, DateTimeOffset? OfferedAt, DateTimeOffset? DecidedAt,
    DateTimeOffset? AcceptedAt, DateTimeOffset? RejectedAt, DateTimeOffset? SalesQualifiedAt, DateTimeOffset? WonAt,
    DateTimeOffset? LostAt, DateTimeOffset? LapsedAt, DateTimeOffset? RecycledAt, string? State)
{
    /// <summary>The last kind of acceptance, by its state; null where it was not accepted, or that was taken back as a correction.</summary>
    public string? AcceptedAs { get; init; }

    /// <summary>Nobody observed when it was accepted: the instant is when the CRM was told.</summary>
    public bool AcceptanceInferred { get; init; }

    /// <summary>It was never held or offered: sales took it.</summary>
    public bool SalesGenerated { get; init; }

    /// <summary>A merge ended it, and another one goes on in its place.</summary>
    public bool MergedAway { get; init; }
}

/// <summary>Everything remembered of one lead.</summary>
public sealed record LeadStory(
    LeadRecord Lead, IReadOnlyList<AuditRow> Audit, EvidenceRow? Evidence, IReadOnlyList<IntentRow> OpenIntents, string? QuarantineReason)
{
    /// <summary>Our fields as last written to the CRM; people may have changed theirs since.</summary>
    public required IReadOnlyDictionary<string, string?> Written { get; init; }

    /// <summary>How the evidence was judged, or null: never.</summary>
    public LatestJudgement? Judged { get; init; }

    /// <summary>The effects of every transition, settled ones included, by transition; of two steps the last.</summary>
    public required IReadOnlyDictionary<string, IntentRow> Intents { get; init; }

    /// <summary>What decided steps stood on, by hash.</summary>
    public required IReadOnlyDictionary<string, EvidenceRow> EvidenceOf { get; init; }
}

/// <summary>The latest judgement of a lead, with the rule file in force then: null where that was not kept.</summary>
public sealed record LatestJudgement(string Verdict, string? RulesHash, string? RulesBody);

/// <summary>Reads for commands and reports.</summary>
public interface IStoreReports
{
    Task<StoreSummary> SummaryAsync(CancellationToken cancellationToken);

    /// <summary>One row for each episode of each lead, by lead key; streamed.</summary>
    IAsyncEnumerable<EpisodeRow> EpisodesAsync(CancellationToken cancellationToken);

    /// <summary>The leads of a connection that we would have let in, or that people moved; in no particular order.</summary>
    Task<IReadOnlyList<ShadowLead>> ShadowAsync(string connection, CancellationToken cancellationToken);

    /// <summary>The story of a lead by any of its ids; null when it was never seen.</summary>
    Task<LeadStory?> StoryAsync(string connection, string leadId, CancellationToken cancellationToken);
}
