namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>Finds open offers by the company at which they were made.</summary>
internal static class SchemaV3
{
    public const string Sql = """
        CREATE INDEX lead_states_offers ON lead_states(connection, json_extract(body, '$.episode.companyId')) WHERE handover_state = 'AwaitingDecision';
        CREATE INDEX intents_companies ON intents(connection, json_extract(body, '$.episode.companyId')) WHERE settled_at IS NULL;

        """;
}
