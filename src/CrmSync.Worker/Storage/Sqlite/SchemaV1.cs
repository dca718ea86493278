namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// The first schema. Names and order of the columns are relied on by whoever reads the file directly; what is ours alone
/// stands behind them.
/// </summary>
internal static class SchemaV1
{
    public const string Sql = Audit + Leads + Evidence + Inbox + Intents + Rest;

    private const string Audit = """
        CREATE TABLE audit(
            sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, transition_id TEXT, lead_key TEXT, episode INTEGER, from_stage TEXT,
            to_stage TEXT, handover_state TEXT, at TEXT, actor TEXT NOT NULL, rule_set_hash TEXT, evidence_hash TEXT,
            previous_hash TEXT NOT NULL, hash TEXT NOT NULL);
        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
        CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
        CREATE UNIQUE INDEX audit_decided ON audit(transition_id) WHERE kind = 'Decided';
        CREATE UNIQUE INDEX audit_ended ON audit(transition_id) WHERE kind IN ('Applied', 'Refused', 'Conflict', 'Superseded', 'Gone');
        CREATE INDEX audit_moves ON audit(at) WHERE kind = 'Decided';
        CREATE INDEX audit_leads ON audit(lead_key, episode);

        CREATE VIEW transitions AS
        SELECT d.sequence, d.transition_id, l.connection, l.lead_id, d.lead_key, d.episode, d.from_stage, d.to_stage, d.handover_state,
            d.at AS decided_at,
            CASE WHEN d.kind = 'Observed' THEN d.at WHEN e.kind = 'Applied' THEN e.at END AS applied_at,
            d.actor, d.rule_set_hash,
            CASE WHEN d.kind = 'Observed' THEN 'observed' WHEN e.kind IS NULL THEN 'pending' ELSE lower(e.kind) END AS outcome
        FROM audit d
        LEFT JOIN audit e ON d.kind = 'Decided' AND e.transition_id = d.transition_id
            AND e.kind IN ('Applied', 'Refused', 'Conflict', 'Superseded', 'Gone')
        LEFT JOIN leads l ON l.lead_key = d.lead_key
        WHERE d.kind IN ('Decided', 'Observed');

        """;

    private const string Leads = """
        CREATE TABLE leads(lead_key TEXT PRIMARY KEY, connection TEXT NOT NULL, object TEXT NOT NULL, lead_id TEXT NOT NULL) WITHOUT ROWID;
        CREATE UNIQUE INDEX leads_ids ON leads(connection, lead_id);
        CREATE TABLE lead_counts(connection TEXT PRIMARY KEY, leads INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TRIGGER leads_are_counted AFTER INSERT ON leads BEGIN
            INSERT INTO lead_counts VALUES(new.connection, 1) ON CONFLICT(connection) DO UPDATE SET leads = leads + 1; END;
        CREATE TRIGGER leads_are_discounted AFTER DELETE ON leads BEGIN
            UPDATE lead_counts SET leads = leads - 1 WHERE connection = old.connection; END;
        CREATE TABLE lead_aliases(connection TEXT NOT NULL, lead_id TEXT NOT NULL, lead_key TEXT NOT NULL, PRIMARY KEY(connection, lead_id)) WITHOUT ROWID;
        CREATE INDEX lead_aliases_keys ON lead_aliases(lead_key);
        CREATE TABLE lead_states(
            lead_key TEXT PRIMARY KEY, stage TEXT, crm_stage TEXT, handover_state TEXT, episode INTEGER, body TEXT NOT NULL,
            connection TEXT NOT NULL, verdict TEXT);
        CREATE INDEX lead_states_counts ON lead_states(connection, stage, handover_state, verdict);

        """;

    private const string Evidence = """
        CREATE TABLE evidence(evidence_hash TEXT PRIMARY KEY, lead_key TEXT NOT NULL, salt TEXT NOT NULL, facts TEXT NOT NULL, findings TEXT NOT NULL, inputs TEXT NOT NULL);
        CREATE INDEX evidence_leads ON evidence(lead_key);
        CREATE TABLE judgements(lead_key TEXT NOT NULL, judged_at TEXT NOT NULL, evidence_hash TEXT NOT NULL, verdict TEXT NOT NULL);
        CREATE INDEX judgements_leads ON judgements(lead_key, judged_at);
        CREATE TABLE rule_sets(hash TEXT PRIMARY KEY, body TEXT NOT NULL, engine_version TEXT NOT NULL);

        """;

    // Of a lead's waiting entries the oldest is its head (head = 1) and alone carries its claim, its delay, its tries and
    // what blocks it. So the index of what can be taken has one row a lead and none that is not to be taken.
    private const string Inbox = """
        CREATE TABLE inbox(
            sequence INTEGER PRIMARY KEY, connection TEXT NOT NULL, delivery TEXT NOT NULL, lead_id TEXT NOT NULL, received_at TEXT NOT NULL,
            done_at TEXT, claimed_by TEXT, claimed_until TEXT, epoch INTEGER NOT NULL DEFAULT 0, not_before TEXT, tries INTEGER NOT NULL DEFAULT 0,
            head INTEGER NOT NULL, blocked TEXT, UNIQUE(connection, delivery));
        CREATE INDEX inbox_leads ON inbox(connection, lead_id) WHERE done_at IS NULL;
        CREATE INDEX inbox_ready ON inbox(connection, sequence)
            WHERE done_at IS NULL AND head = 1 AND blocked IS NULL AND claimed_until IS NULL AND not_before IS NULL;
        CREATE INDEX inbox_put_off ON inbox(connection, not_before) WHERE not_before IS NOT NULL;
        CREATE INDEX inbox_claimed ON inbox(connection, claimed_until) WHERE claimed_until IS NOT NULL;
        CREATE TABLE cursors(connection TEXT NOT NULL, stream TEXT NOT NULL, position TEXT, PRIMARY KEY(connection, stream)) WITHOUT ROWID;
        CREATE TABLE quarantine(lead_id TEXT NOT NULL, reason TEXT NOT NULL, since TEXT NOT NULL, connection TEXT NOT NULL, PRIMARY KEY(connection, lead_id)) WITHOUT ROWID;
        CREATE TABLE due(connection TEXT NOT NULL, lead_id TEXT NOT NULL, due_at TEXT NOT NULL, lead_key TEXT, PRIMARY KEY(connection, lead_id)) WITHOUT ROWID;
        CREATE INDEX due_times ON due(connection, due_at);
        CREATE INDEX due_keys ON due(lead_key) WHERE lead_key IS NOT NULL;

        """;

    private const string Intents = """
        CREATE TABLE intents(
            transition_id TEXT NOT NULL, step TEXT NOT NULL, state TEXT NOT NULL, created_at TEXT NOT NULL, settled_at TEXT, reason TEXT,
            connection TEXT NOT NULL, lead_key TEXT NOT NULL, lead_id TEXT NOT NULL, not_before TEXT NOT NULL, sends INTEGER NOT NULL,
            reads INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY(transition_id, step));
        CREATE UNIQUE INDEX intents_one_open ON intents(connection, lead_key) WHERE settled_at IS NULL;
        CREATE INDEX intents_open ON intents(connection, created_at, state, not_before) WHERE settled_at IS NULL;

        """;

    private const string Rest = """
        CREATE TABLE remembered(connection TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(connection, name)) WITHOUT ROWID;
        CREATE TABLE requests(id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, body TEXT NOT NULL, created_at TEXT NOT NULL, answered_at TEXT, answer TEXT);
        CREATE INDEX requests_open ON requests(id) WHERE answered_at IS NULL;
        CREATE TABLE grants(connection TEXT PRIMARY KEY, ciphertext TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE quota_uses(connection TEXT NOT NULL, budget TEXT NOT NULL, at TEXT NOT NULL, count INTEGER NOT NULL);
        CREATE INDEX quota_uses_times ON quota_uses(connection, budget, at);

        """;
}
