namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>The second schema: tasks and notes on their way to the CRM.</summary>
internal static class SchemaV2
{
    public const string Sql = """
        CREATE TABLE activities(
            key TEXT NOT NULL, connection TEXT NOT NULL, lead_key TEXT NOT NULL, lead_id TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
            state TEXT NOT NULL, not_before TEXT NOT NULL, tries INTEGER NOT NULL, created_at TEXT NOT NULL, settled_at TEXT, reason TEXT,
            version INTEGER NOT NULL, PRIMARY KEY(connection, key));
        CREATE INDEX activities_open ON activities(connection, not_before) WHERE settled_at IS NULL;
        CREATE INDEX activities_leads ON activities(lead_key);

        """;
}
