using System.Text.Json;
using CrmSync.Leads;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>What is remembered of leads: <c>leads</c>, <c>lead_aliases</c>, <c>lead_states</c>.</summary>
internal static class LeadTable
{
    private const string InsertLead =
        "INSERT INTO leads(lead_key, connection, object, lead_id) VALUES(?1, ?2, ?3, ?4) " +
        "ON CONFLICT(lead_key) DO UPDATE SET object = excluded.object WHERE object <> excluded.object";
    private const string InsertState = """
        INSERT INTO lead_states(lead_key, stage, crm_stage, handover_state, episode, body, connection, verdict, company)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        ON CONFLICT(lead_key) DO UPDATE SET stage = excluded.stage, crm_stage = excluded.crm_stage, handover_state = excluded.handover_state,
            episode = excluded.episode, body = excluded.body, company = excluded.company, verdict = coalesce(excluded.verdict, verdict)
        """;
    private const string UpdateVerdict = "UPDATE lead_states SET verdict = ?2 WHERE lead_key = ?1";
    private const string UpdateAbsorbed = "UPDATE lead_states SET body = json_set(body, '$.memory.absorbedBy', ?2) WHERE lead_key = ?1";
    private const string InsertAlias =
        "INSERT INTO lead_aliases(connection, lead_id, lead_key) VALUES(?1, ?2, ?3) " +
        "ON CONFLICT(connection, lead_id) DO UPDATE SET lead_key = excluded.lead_key";
    private const string SelectKey = """
        SELECT lead_key FROM lead_aliases WHERE connection = ?1 AND lead_id = ?2
        UNION ALL SELECT lead_key FROM leads WHERE connection = ?1 AND lead_id = ?2
        """;
    private const string SelectIds = """
        SELECT lead_id FROM leads WHERE lead_key = ?2 AND connection = ?1
        UNION SELECT lead_id FROM lead_aliases WHERE lead_key = ?2 AND connection = ?1
        """;
    private const string Select = """
        SELECT l.lead_key, l.connection, l.object, l.lead_id, s.stage, s.crm_stage, s.body
        FROM leads l JOIN lead_states s ON s.lead_key = l.lead_key
        """;
    private const string SelectRecord = $"{Select} WHERE l.lead_key = ?1";
    private const string SelectOffered = $"{Select} WHERE s.connection = ?1 AND s.handover_state = 'AwaitingDecision'";
    private const string SelectHeld = $"{Select} WHERE s.connection = ?1 AND s.handover_state = 'Held'";
    private const string SelectWouldOffer = $"{Select} WHERE s.connection = ?1 AND s.verdict = 'Offer'";

    // A name of ours in the body: no value can hold one, since its quotes would be escaped.
    private const string SelectHeldBack = $"""{Select} WHERE s.connection = ?1 AND instr(s.body, '"brakeHold":') > 0""";
    private const string SelectParked = $"""{Select} WHERE s.connection = ?1 AND instr(s.body, '"parked":') > 0""";

    private const string SelectNotDelivered = """
        SELECT l.lead_id FROM leads l JOIN lead_states s ON s.lead_key = l.lead_key
        WHERE l.connection = ?1 AND l.lead_id > ?4 AND instr(s.body, '"isGone":true') = 0
            AND NOT EXISTS (SELECT 1 FROM inbox WHERE connection = ?1 AND delivery = ?2 || l.lead_id)
            AND NOT EXISTS (SELECT 1 FROM lead_aliases a JOIN inbox i ON i.connection = ?1 AND i.delivery = ?2 || a.lead_id
                WHERE a.lead_key = l.lead_key AND a.connection = ?1)
        ORDER BY l.lead_id LIMIT ?3
        """;

    public static void Save(Session session, LeadRecord lead, string? verdict = null)
    {
        session.Execute(InsertLead, lead.LeadKey, lead.Connection, lead.ObjectKind, lead.LeadId);
        var body = SqlValue.Utf8(JsonSerializer.SerializeToUtf8Bytes(new(lead.Episode, lead.Memory), StoreJson.Default.LeadBody));
        session.Execute(
            InsertState, lead.LeadKey, lead.Stage?.ToString(), lead.CrmStage, lead.Episode?.State.ToString(),
            lead.Episode?.Number, body, lead.Connection, verdict, AssignmentQuery.CompanyOf(lead.Episode));
    }

    public static void SaveVerdict(Session session, string leadKey, string verdict) => session.Execute(UpdateVerdict, leadKey, verdict);

    public static void SaveAbsorbed(Session session, string leadKey, string by) => session.Execute(UpdateAbsorbed, leadKey, by);

    public static void SaveAlias(Session session, string connection, string leadId, string leadKey) =>
        session.Execute(InsertAlias, connection, leadId, leadKey);

    /// <summary>Leads that are not gone, and about none of whose ids such a delivery came, by id.</summary>
    public static List<string> NotDelivered(Session session, string connection, string beginning, string after, int count)
    {
        using var rows = session.Query(SelectNotDelivered, connection, beginning, count, after);
        var ids = new List<string>();
        while (rows.Next()) ids.Add(rows.Required(0));
        return ids;
    }

    /// <summary>The key of a lead by any of its ids. An id that was a lead of its own and was merged means the survivor.</summary>
    public static string? KeyOf(Session session, string connection, string leadId) => session.Text(SelectKey, connection, leadId);

    /// <summary>All ids that mean one lead.</summary>
    public static List<string> IdsOf(Session session, string connection, string leadKey)
    {
        using var rows = session.Query(SelectIds, connection, leadKey);
        var ids = new List<string>();
        while (rows.Next()) ids.Add(rows.Required(0));
        return ids;
    }

    public static LeadRecord? Find(Session session, string leadKey)
    {
        using var rows = session.Query(SelectRecord, leadKey);
        return rows.Next() ? Record(rows) : null;
    }

    public static List<LeadRecord> List(Session session, string connection, LeadFilter filter)
    {
        using var rows = session.Query(
            filter switch
            {
                LeadFilter.Offered => SelectOffered,
                LeadFilter.Held => SelectHeld,
                LeadFilter.HeldBack => SelectHeldBack,
                LeadFilter.Parked => SelectParked,
                _ => SelectWouldOffer,
            },
            connection);
        var leads = new List<LeadRecord>();
        while (rows.Next()) leads.Add(Record(rows));
        return leads;
    }

    private static LeadRecord Record(ResultRows rows)
    {
        var body = StoreJson.Read<LeadBody>(rows.Bytes(6));
        return new()
        {
            LeadKey = rows.Required(0),
            Connection = rows.Required(1),
            ObjectKind = rows.Required(2),
            LeadId = rows.Required(3),
            Stage = rows.Text(4) is { } stage ? Enum.Parse<LifecycleStage>(stage) : null,
            CrmStage = rows.Text(5),
            Episode = body.Episode,
            Memory = body.Memory,
        };
    }
}
