namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// Finds open offers by the company at which they were made. A column of its own: an index on a value within the body would
/// read the whole body at every write.
/// </summary>
internal static class SchemaV3
{
    public const string Sql = """
        ALTER TABLE lead_states ADD COLUMN company TEXT;
        ALTER TABLE intents ADD COLUMN company TEXT;
        CREATE INDEX lead_states_companies ON lead_states(connection, company) WHERE company IS NOT NULL;
        CREATE INDEX intents_companies ON intents(connection, company) WHERE company IS NOT NULL AND settled_at IS NULL;

        """;
}
