using CrmSync.Leads.Kpis;

namespace CrmSync.Worker.Storage;

/// <summary>A row of the view <c>transitions</c>, texts as stored.</summary>
public sealed record TransitionRow(
    long Sequence, string? TransitionId, string? Connection, string? LeadId, string? LeadKey, long? Episode, string? FromStage, string? ToStage,
    string? HandoverState, string? DecidedAt, string? AppliedAt, string Actor, string? RuleSetHash, string Outcome);

/// <summary>An episode with what the rules found when it was opened, as stored JSON.</summary>
public sealed record JudgedEpisode(EpisodeRow Episode, string Findings);
