using CrmSync.Leads;
using CrmSync.Leads.Handover;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Folds the transitions of each episode into its instants.</summary>
internal static class EpisodeQuery
{
    private const string SelectKeys = """
        SELECT DISTINCT lead_key, episode FROM audit
        WHERE (lead_key, episode) > (?1, ?2) AND episode IS NOT NULL ORDER BY lead_key, episode LIMIT ?3
        """;
    private const string SelectTransitions = """
        SELECT connection, from_stage, to_stage, handover_state, decided_at, applied_at FROM transitions
        WHERE lead_key = ?1 AND episode = ?2 AND outcome IN ('applied', 'observed') ORDER BY sequence
        """;

    // Whatever became of the offer: one that was refused or overtaken was made all the same.
    private const string SelectOffered = """
        SELECT 1 FROM audit WHERE lead_key = ?1 AND episode = ?2 AND handover_state IN ('Held', 'AwaitingDecision')
        """;

    // The audit has no word for it where the lead was not with sales: that ends as it does without a merge.
    private const string SelectMergedAway = """
        SELECT 1 FROM lead_states, json_each(body, '$.memory.mergedAway') AS number WHERE lead_key = ?1 AND number.value = ?2
        """;

    /// <summary>How long an answer may be corrected: a no within it takes the acceptance back.</summary>
    private static readonly TimeSpan CorrectWithin = TimeSpan.FromHours(24);

    /// <summary>Outcome of an episode in place of a hand-over state: the deal was lost.</summary>
    private const string Lost = nameof(EpisodeOutcome.Lost);

    /// <summary>The keys of the episodes after one, in order.</summary>
    public static List<(string LeadKey, int Episode)> KeysAfter(Session session, string leadKey, int episode, int count)
    {
        using var rows = session.Query(SelectKeys, leadKey, episode, count);
        var keys = new List<(string, int)>(count);
        while (rows.Next()) keys.Add((rows.Required(0), (int)rows.Number(1)));
        return keys;
    }

    /// <summary>One episode; null when nothing of it was applied or observed yet.</summary>
    public static EpisodeRow? Fold(Session session, string leadKey, int episode)
    {
        using var rows = session.Query(SelectTransitions, leadKey, episode);
        EpisodeRow? row = null;
        while (rows.Next())
        {
            row ??= new(leadKey, episode, rows.Text(0), null, null, null, null, null, null, null, null, null, null, null);
            row = Add(row, rows.Text(1), rows.Text(2), rows.Text(3), rows.Instant(4), rows.Instant(5));
        }
        if (row is { State: nameof(HandoverState.Superseded) or nameof(HandoverState.Withdrawn) or nameof(HandoverState.Expired) })
            row = row with { MergedAway = session.Any(SelectMergedAway, leadKey, episode) };
        return row is { AcceptedAt: not null } && !session.Any(SelectOffered, leadKey, episode) ? row with { SalesGenerated = true } : row;
    }

    private static EpisodeRow Add(EpisodeRow row, string? from, string? to, string? state, DateTimeOffset? at, DateTimeOffset? appliedAt)
    {
        if (IsCorrection(row, state, at))
            row = row with { AcceptedAt = null, AcceptedAs = null };
        var reached = from == to ? null : to;
        var accepted = state is nameof(HandoverState.Accepted) or nameof(HandoverState.AcceptedBySilence) or nameof(HandoverState.AcceptedByAction);
        var rejected = state is nameof(HandoverState.Rejected) or nameof(HandoverState.Disqualified);
        return row with
        {
            MqlAt = row.MqlAt ?? When(to == nameof(LifecycleStage.MarketingQualified), at),
            OfferedAt = row.OfferedAt ?? When(state == nameof(HandoverState.AwaitingDecision), at),
            DecidedAt = row.DecidedAt ?? When(accepted || rejected, at),
            AcceptedAt = row.AcceptedAt ?? When(accepted, at ?? appliedAt),
            AcceptanceInferred = row.AcceptanceInferred || (accepted && row.AcceptedAt is null && at is null),
            // Whoever changes a no to missing data has not judged the lead.
            RejectedAt = state == nameof(HandoverState.Returned) ? null : row.RejectedAt ?? When(rejected, at),
            SalesQualifiedAt = row.SalesQualifiedAt ?? When(reached == nameof(LifecycleStage.SalesQualified), at),
            WonAt = When(reached == nameof(LifecycleStage.Customer), at) ?? row.WonAt,
            LostAt = When(state == Lost, at) ?? row.LostAt,
            LapsedAt = row.LapsedAt ?? When(state is nameof(HandoverState.Expired) or nameof(HandoverState.Withdrawn), at),
            RecycledAt = row.RecycledAt ?? When(state == nameof(HandoverState.Recycled) || (row.AcceptedAt is not null && rejected), at),
            State = state == Lost ? row.State : state ?? row.State,
            AcceptedAs = accepted ? state : row.AcceptedAs,
        };
    }

    /// <summary>A no, or a return, that takes an acceptance back: in writing soon after, or after one that was not in writing.</summary>
    private static bool IsCorrection(EpisodeRow row, string? state, DateTimeOffset? at) =>
        state is nameof(HandoverState.Rejected) or nameof(HandoverState.Returned) or nameof(HandoverState.Disqualified)
        && row.AcceptedAs is { } before
        && (before != nameof(HandoverState.Accepted) || at <= row.AcceptedAt + CorrectWithin);

    private static DateTimeOffset? When(bool isSo, DateTimeOffset? at) => isSo ? at : null;
}
