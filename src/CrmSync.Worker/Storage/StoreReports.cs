using CrmSync.Leads.Kpis;
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

    /// <summary>The connections that have leads.</summary>
    Task<IReadOnlyList<string>> ConnectionsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// One row for each episode of each lead by the transitions applied or observed, those of one lead one after the other; streamed.
    /// Instants are when it was decided or happened. Imported episodes come before the lead's own.
    /// </summary>
    IAsyncEnumerable<EpisodeRow> EpisodesAsync(CancellationToken cancellationToken);

    /// <summary>Counts all episodes, at once where they are rolled up; false where history was imported: <see cref="EpisodesAsync"/> is to be asked instead.</summary>
    Task<bool> TallyAsync(IReadOnlyList<BriefTally> tallies, CancellationToken cancellationToken);

    /// <summary>What was told at the latest so many cut-offs, oldest first.</summary>
    Task<IReadOnlyList<ToldFigure>> ToldAsync(int cutOffs, CancellationToken cancellationToken);

    /// <summary>As <see cref="EpisodesAsync"/>, those that the rules judged, with what they found at the first decision.</summary>
    IAsyncEnumerable<JudgedEpisode> JudgedAsync(CancellationToken cancellationToken);

    /// <summary>The latest findings of every judged lead, as stored JSON; streamed.</summary>
    IAsyncEnumerable<string> FindingsAsync(CancellationToken cancellationToken);

    /// <summary>How the leads of a connection stand.</summary>
    /// <param name="ages">Three ages in days by which they are told apart, the smallest first.</param>
    Task<BaselineCounts> BaselineAsync(string connection, DateTimeOffset now, IReadOnlyList<int> ages, CancellationToken cancellationToken);

    /// <summary>The view <c>transitions</c> by sequence; streamed.</summary>
    IAsyncEnumerable<TransitionRow> TransitionsAsync(CancellationToken cancellationToken);

    /// <summary>The leads of a connection that we would have let in, or that people moved; in no particular order.</summary>
    Task<IReadOnlyList<ShadowLead>> ShadowAsync(string connection, CancellationToken cancellationToken);

    /// <summary>The story of a lead by any of its ids; null when it was never seen.</summary>
    Task<LeadStory?> StoryAsync(string connection, string leadId, CancellationToken cancellationToken);
}
