namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// Stages that leads had before the product watched, read from the CRM's own history or from a file: kept apart from the audit,
/// which holds only what was seen or done. And the episodes as folded for the figures, which the audit can give again at any time.
/// </summary>
internal static class SchemaV4
{
    public const string Sql = """
        CREATE TABLE history(
            connection TEXT NOT NULL, lead_id TEXT NOT NULL, at TEXT NOT NULL, stage TEXT NOT NULL, actor TEXT NOT NULL, reason TEXT, origin TEXT NOT NULL,
            PRIMARY KEY(connection, lead_id, at, stage)) WITHOUT ROWID;
        CREATE TABLE episode_rollup(
            lead_key TEXT NOT NULL, episode INTEGER NOT NULL, connection TEXT, source TEXT, owner TEXT, policy TEXT, segment TEXT, company TEXT, mql INTEGER,
            offered INTEGER, due INTEGER, decided INTEGER, accepted INTEGER, accepted_as TEXT, rejected INTEGER, lapsed INTEGER, qualified INTEGER, won INTEGER,
            lost INTEGER, recycled INTEGER, state TEXT, stage TEXT, stage_since INTEGER, reason TEXT, flags INTEGER NOT NULL, evidence TEXT,
            PRIMARY KEY(lead_key, episode)) WITHOUT ROWID;
        CREATE INDEX episode_rollup_open ON episode_rollup(lead_key, episode) WHERE state IN ('Held', 'AwaitingDecision', 'Returned');

        """;
}
