using System.Text.Json;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Effects decided and not yet, or already, settled.</summary>
internal static class IntentTable
{
    private const string Columns =
        "transition_id, step, state, created_at, settled_at, reason, connection, lead_key, lead_id, not_before, sends, reads, body";
    private const string Upsert = $"""
        INSERT INTO intents({Columns}, company) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT(transition_id, step) DO UPDATE SET state = excluded.state, settled_at = excluded.settled_at, reason = excluded.reason,
            lead_id = excluded.lead_id, not_before = excluded.not_before, sends = excluded.sends, reads = excluded.reads, body = excluded.body
        """;
    private const string UpdateSettled = """
        UPDATE intents SET state = ?3, settled_at = ?4, reason = ?5, lead_id = ?6, sends = ?7, reads = ?8
        WHERE transition_id = ?1 AND step = ?2
        """;
    private const string SelectWork = $"""
        SELECT {Columns} FROM intents
        WHERE connection = ?1 AND settled_at IS NULL AND not_before <= ?2 AND instr(?3, ',' || state || ',') > 0
        ORDER BY created_at LIMIT ?4
        """;
    private const string SelectOpenOfLead = $"SELECT {Columns} FROM intents WHERE connection = ?1 AND lead_key = ?2 AND settled_at IS NULL";
    private const string SelectOfTransition = $"SELECT {Columns} FROM intents WHERE transition_id = ?1 ORDER BY created_at";
    private const string SelectIsOpen = "SELECT 1 FROM intents WHERE connection = ?1 AND lead_key = ?2 AND settled_at IS NULL";
    private const string SelectApplied = "SELECT body FROM intents WHERE transition_id = ?1 AND state = 'applied' ORDER BY settled_at";
    private const string SelectNext = "SELECT min(not_before) FROM intents WHERE connection = ?1 AND settled_at IS NULL";
    private const string UpdateSends = "UPDATE intents SET sends = max(sends, 2), state = 'unknown' WHERE settled_at IS NULL";
    private const string UpdateOpen =
        "UPDATE intents SET state = 'unknown', not_before = ?2 WHERE connection = ?1 AND settled_at IS NULL";

    /// <summary>Open effects are settled by reading alone: what was sent twice is not sent again.</summary>
    public static void SendNoMore(Session session) => session.Execute(UpdateSends);

    public static void Save(Session session, IntentRow intent)
    {
        // What was to be written stays as it was decided: only an open intent's body changes.
        if (intent.SettledAt is { } settled && 0 < session.Execute(
            UpdateSettled, intent.TransitionId, Name(intent.Step), Name(intent.State), settled, intent.Reason, intent.LeadId, intent.Sends, intent.Reads))
            return;
        session.Execute(
            Upsert, intent.TransitionId, Name(intent.Step), Name(intent.State), intent.CreatedAt, intent.SettledAt, intent.Reason,
            intent.Connection, intent.LeadKey, intent.LeadId, intent.NotBefore, intent.Sends, intent.Reads,
            SqlValue.Utf8(JsonSerializer.SerializeToUtf8Bytes(intent.Body, StoreJson.Default.IntentBody)), AssignmentQuery.CompanyOf(intent.Body.Episode));
    }

    public static List<IntentRow> Work(Session session, string connection, IReadOnlyList<IntentState> states, int count, DateTimeOffset at)
    {
        using var rows = session.Query(SelectWork, connection, at, $",{string.Join(',', states.Select(Name))},", count);
        return All(rows);
    }

    public static List<IntentRow> OpenOfLead(Session session, string connection, string leadKey)
    {
        using var rows = session.Query(SelectOpenOfLead, connection, leadKey);
        return All(rows);
    }

    /// <summary>The last effect of a transition; null when it has none.</summary>
    public static IntentRow? LastOf(Session session, string transitionId)
    {
        using var rows = session.Query(SelectOfTransition, transitionId);
        return All(rows).LastOrDefault();
    }

    /// <summary>The effect that a transition's only or second request carries, or its first of two.</summary>
    public static IntentRow? Of(Session session, string transitionId, bool clears)
    {
        using var rows = session.Query(SelectOfTransition, transitionId);
        return All(rows).Find(intent => (intent.Step == IntentStep.Clear) == clears);
    }

    public static bool IsOpen(Session session, string connection, string leadKey) => session.Any(SelectIsOpen, connection, leadKey);

    public static DateTimeOffset? Next(Session session, string connection)
    {
        using var rows = session.Query(SelectNext, connection);
        return rows.Next() ? rows.Instant(0) : null;
    }

    public static int Suspect(Session session, string connection, DateTimeOffset readAt) =>
        session.Execute(UpdateOpen, connection, readAt);

    /// <summary>Adds the fields that a transition's applied requests wrote; a later value takes the place of an earlier one.</summary>
    public static void AddWritten(Session session, string transitionId, IDictionary<string, string?> written)
    {
        using var rows = session.Query(SelectApplied, transitionId);
        while (rows.Next())
        {
            foreach (var (field, value) in StoreJson.Read<IntentBody>(rows.Bytes(0)).Fields)
                written[field] = value;
        }
    }

    private static List<IntentRow> All(ResultRows rows)
    {
        var all = new List<IntentRow>();
        while (rows.Next()) all.Add(Row(rows));
        return all;
    }

    private static IntentRow Row(ResultRows rows) => new()
    {
        TransitionId = rows.Required(0),
        Step = Enum.Parse<IntentStep>(rows.Required(1), ignoreCase: true),
        State = Enum.Parse<IntentState>(rows.Required(2), ignoreCase: true),
        CreatedAt = rows.Instant(3) ?? default,
        SettledAt = rows.Instant(4),
        Reason = rows.Text(5),
        Connection = rows.Required(6),
        LeadKey = rows.Required(7),
        LeadId = rows.Required(8),
        NotBefore = rows.Instant(9) ?? default,
        Sends = (int)rows.Number(10),
        Reads = (int)rows.Number(11),
        Body = StoreJson.Read<IntentBody>(rows.Bytes(12)),
    };

    private static string Name(IntentState state) => state switch
    {
        IntentState.Pending => "pending",
        IntentState.Sent => "sent",
        IntentState.Unknown => "unknown",
        IntentState.Applied => "applied",
        IntentState.Refused => "refused",
        IntentState.Conflict => "conflict",
        IntentState.Superseded => "superseded",
        _ => "gone",
    };

    private static string Name(IntentStep step) => step switch
    {
        IntentStep.Write => "write",
        IntentStep.Clear => "clear",
        _ => "set",
    };
}
