using System.Text.Json;
using CrmSync.Adapters;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Tasks and notes that are to be in the CRM, one row a key.</summary>
internal static class ActivityTable
{
    private const string Upsert = """
        INSERT INTO activities(key, connection, lead_key, lead_id, kind, body, state, not_before, tries, created_at, version)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, 'waiting', ?7, 0, ?7, 1)
        ON CONFLICT(connection, key) DO UPDATE SET lead_key = excluded.lead_key, lead_id = excluded.lead_id, body = excluded.body, state = 'waiting',
            not_before = CASE WHEN settled_at IS NULL THEN max(not_before, excluded.not_before) ELSE excluded.not_before END,
            tries = CASE WHEN settled_at IS NULL THEN tries ELSE 0 END, settled_at = NULL, reason = NULL, version = version + 1
        """;
    private const string SelectOpenBody = "SELECT body FROM activities WHERE connection = ?1 AND key = ?2 AND settled_at IS NULL";
    private const string SelectDue = """
        SELECT connection, lead_key, body, not_before, tries, created_at, reason, version FROM activities
        WHERE connection = ?1 AND settled_at IS NULL AND not_before <= ?2 ORDER BY not_before, created_at, key LIMIT ?3
        """;
    private const string SelectNext = "SELECT min(not_before) FROM activities WHERE connection = ?1 AND settled_at IS NULL";
    private const string UpdateOpen = """
        UPDATE activities SET not_before = ?4, tries = ?5, reason = ?6, lead_id = ?7, body = ?8
        WHERE connection = ?1 AND key = ?2 AND version = ?3
        """;
    private const string UpdateSettled = """
        UPDATE activities SET state = ?4, settled_at = ?5, reason = ?6, lead_id = ?7, body = ''
        WHERE connection = ?1 AND key = ?2 AND version = ?3
        """;
    private const string PutOffOpen = "UPDATE activities SET not_before = ?2, tries = tries + 1 WHERE connection = ?1 AND settled_at IS NULL AND not_before < ?2";

    private const string DropOpen = "UPDATE activities SET state = 'refused', settled_at = ?1, reason = ?2, body = '', version = version + 1 WHERE settled_at IS NULL";

    /// <summary>Asks for an activity, or for a change of one; what has not been sent yet takes the change in.</summary>
    public static void Queue(Session session, string connection, string leadKey, LeadActivity asked, DateTimeOffset at)
    {
        var activity = Waiting(session, connection, asked.Key)?.Then(asked) ?? asked;
        session.Execute(Upsert, activity.Key, connection, leadKey, activity.LeadId, Name(activity.Kind), Text(activity), at);
    }

    public static List<ActivityRow> Due(Session session, string connection, int count, DateTimeOffset at)
    {
        using var rows = session.Query(SelectDue, connection, at, count);
        var all = new List<ActivityRow>();
        while (rows.Next()) all.Add(Row(rows));
        return all;
    }

    public static bool IsOpen(Session session, string connection, string key) => session.Any(SelectOpenBody, connection, key);

    public static DateTimeOffset? Next(Session session, string connection)
    {
        using var rows = session.Query(SelectNext, connection);
        return rows.Next() ? rows.Instant(0) : null;
    }

    /// <summary>Stores what became of an activity, unless another change of it was asked for meanwhile.</summary>
    public static void Save(Session session, ActivityRow row)
    {
        var (connection, activity) = (row.Connection, row.Activity);
        if (row.SettledAt is { } settled)
            session.Execute(UpdateSettled, connection, activity.Key, row.Version, Name(row.State), settled, row.Reason, activity.LeadId);
        else
            session.Execute(UpdateOpen, connection, activity.Key, row.Version, row.NotBefore, row.Tries, row.Reason, activity.LeadId, Text(activity));
    }

    /// <summary>Whatever an earlier run had in hand is left to settle first.</summary>
    public static void PutOff(Session session, string connection, DateTimeOffset until) => session.Execute(PutOffOpen, connection, until);

    /// <summary>What waits is not sent any more.</summary>
    public static void Drop(Session session, DateTimeOffset at, string reason) => session.Execute(DropOpen, at, reason);

    private static ActivityRow Row(ResultRows rows) => new()
    {
        Connection = rows.Required(0),
        LeadKey = rows.Required(1),
        Activity = StoreJson.Read<LeadActivity>(rows.Bytes(2)),
        NotBefore = rows.Instant(3) ?? default,
        Tries = (int)rows.Number(4),
        CreatedAt = rows.Instant(5) ?? default,
        Reason = rows.Text(6),
        Version = (int)rows.Number(7),
    };

    private static LeadActivity? Waiting(Session session, string connection, string key)
    {
        using var rows = session.Query(SelectOpenBody, connection, key);
        return rows.Next() ? StoreJson.Read<LeadActivity>(rows.Bytes(0)) : null;
    }

    private static SqlValue Text(LeadActivity activity) => SqlValue.Utf8(JsonSerializer.SerializeToUtf8Bytes(activity, StoreJson.Default.LeadActivity));

    private static string Name(ActivityKind kind) => kind == ActivityKind.Task ? "task" : "note";

    private static string Name(ActivityState state) => state switch
    {
        ActivityState.Sent => "sent",
        ActivityState.Refused => "refused",
        ActivityState.Gone => "gone",
        _ => "waiting",
    };
}
