using CrmSync.Leads.Kpis;
using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>What of an episode stands beside its transitions: whose it is, by when an answer was owed, and what it can be split by.</summary>
internal static class EpisodeDetails
{
    private const string SelectConnection = "SELECT connection FROM leads WHERE lead_key = ?1";
    private const string SelectEpisode = """
        SELECT body ->> '$.episode.ownerId', body ->> '$.episode.companyId', body ->> '$.episode.dueAt', body ->> '$.episode.reason',
            coalesce(body ->> '$.episode.override', 0)
        FROM intents WHERE transition_id = ?1 ORDER BY step DESC LIMIT 1
        """;

    // The names that rule files give the fact, since every account keeps the source of a lead elsewhere.
    private const string SelectEvidence = """
        SELECT inputs ->> '$.policy', coalesce(facts ->> '$."lead.source"', facts ->> '$."source"'), facts ->> '$."company.industry"'
        FROM evidence WHERE evidence_hash = ?1
        """;
    private const string SelectUnmet = """
        SELECT group_concat(finding.value ->> '$.criterion', ' ') FROM evidence, json_each(findings) AS finding
        WHERE evidence_hash = ?1 AND finding.value ->> '$.result' <> 'met' AND finding.value ->> '$.group' <> 'blocker'
        """;

    public static EpisodeRow Add(Session session, EpisodeRow row, string? lastTransition, string? firstEvidence)
    {
        row = row with { Connection = session.Text(SelectConnection, row.LeadKey), ContactedAt = FirstContacts.Of(session, row.LeadKey, row.Episode) };
        if (lastTransition is not null)
            row = OfTransition(session, row, lastTransition);
        return firstEvidence is null ? row : OfEvidence(session, row, firstEvidence);
    }

    private static EpisodeRow OfTransition(Session session, EpisodeRow row, string transition)
    {
        using var rows = session.Query(SelectEpisode, transition);
        return !rows.Next()
            ? row
            : row with
            {
                Owner = rows.Text(0),
                Company = rows.Text(1) is { } company ? $"{row.Connection}/{company}" : null,
                DueAt = rows.Text(2) is { } due ? InstantText.Parse(InstantText.Of(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture))) : null,
                Reason = rows.Text(3),
                Override = rows.Number(4) != 0,
            };
    }

    private static EpisodeRow OfEvidence(Session session, EpisodeRow row, string evidence)
    {
        using var rows = session.Query(SelectEvidence, evidence);
        if (!rows.Next()) return row;
        return row with
        {
            Policy = rows.Text(0), Source = rows.Text(1), Segment = rows.Text(2), Evidence = evidence,
            Unmet = row.RejectedAt is null ? null : session.Text(SelectUnmet, evidence),
        };
    }
}
