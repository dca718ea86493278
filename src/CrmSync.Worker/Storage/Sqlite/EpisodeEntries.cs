using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>The audit rows of one episode as its row for the KPIs.</summary>
internal static class EpisodeEntries
{
    // The audit has no word for it where the lead was not with sales: that ends as it does without a merge.
    private const string SelectMergedAway = """
        SELECT 1 FROM lead_states, json_each(body, '$.memory.mergedAway') AS number WHERE lead_key = ?1 AND number.value = ?2
        """;

    // Figures look up millions.
    private static readonly Dictionary<string, LifecycleStage> Stages = Enum.GetValues<LifecycleStage>().ToDictionary(stage => stage.ToString());
    private static readonly Dictionary<string, HandoverState> States = Enum.GetValues<HandoverState>().ToDictionary(state => state.ToString());

    /// <summary>Null when nothing of it was applied or observed yet.</summary>
    public static EpisodeRow? Fold(Session session, List<AuditEntry> entries, bool bare = false)
    {
        EpisodeFold? fold = null;
        AuditEntry? last = null;
        // Whatever became of the offer: one that was refused or overtaken was made all the same.
        var offered = false;
        foreach (var entry in entries)
        {
            offered |= entry.State is nameof(HandoverState.Held) or nameof(HandoverState.AwaitingDecision);
            var applied = entry.IsDecided ? AppliedAt(entries, entry.Transition) : null;
            if (applied is null && entry.Kind != nameof(AuditKind.Observed))
                continue;
            fold ??= new(entry.Key, concludes: false);
            fold.Add(Step(entry, applied));
            last = entry.IsDecided ? entry : last;
        }
        if (fold is null)
            return null;
        var row = bare ? fold.Row : EpisodeDetails.Add(session, fold.Row, last?.Transition, entries.Find(e => e.Evidence is not null).Evidence);
        if (row.State is HandoverState.Superseded or HandoverState.Withdrawn or HandoverState.Expired)
            row = row with { MergedAway = session.Any(SelectMergedAway, row.LeadKey, row.Episode) };
        return row is { AcceptedAt: not null } && !offered ? row with { SalesGenerated = true } : row;
    }

    private static DateTimeOffset? AppliedAt(List<AuditEntry> entries, string? transition)
    {
        foreach (var entry in entries)
            if (entry.Kind == nameof(AuditKind.Applied) && entry.Transition == transition)
                return entry.At;
        return null;
    }

    private static EpisodeStep Step(AuditEntry entry, DateTimeOffset? applied) => new(Stage(entry.From), Stage(entry.To), State(entry.State), entry.At)
    {
        AppliedAt = applied ?? entry.At,
        IsLost = entry.State == nameof(EpisodeOutcome.Lost),
    };

    private static LifecycleStage? Stage(string? name) => name is not null && Stages.TryGetValue(name, out var stage) ? stage : null;

    private static HandoverState? State(string? name) => name is not null && States.TryGetValue(name, out var state) ? state : null;
}
