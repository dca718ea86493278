using Microsoft.Data.Sqlite;

namespace CrmSync.Tests.Support;

/// <summary>The store's file, read from outside as an auditor would.</summary>
internal sealed class StoreFile(string directory)
{
    public IReadOnlyList<AuditLine> Audit(string? leadId = null) => Query(
        $"""
        SELECT sequence, kind, transition_id, lead_key, episode, from_stage, to_stage, handover_state, at, actor FROM audit
        WHERE $id IS NULL OR lead_key IN (SELECT lead_key FROM leads WHERE lead_id = $id)
        ORDER BY sequence
        """,
        leadId,
        row => new AuditLine(
            row.GetInt64(0), row.GetString(1), Text(row, 2), Text(row, 3), row.IsDBNull(4) ? null : row.GetInt64(4), Text(row, 5), Text(row, 6), Text(row, 7),
            Text(row, 8), row.GetString(9)));

    public IReadOnlyList<string> Rows(string sql) => Query(sql, null, row =>
        string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row.IsDBNull(i) ? "" : Convert.ToString(row.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));

    public long Number(string sql) => Query(sql, null, row => row.GetInt64(0)).Single();

    private List<T> Query<T>(string sql, string? leadId, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "crmsync.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$id", (object?)leadId ?? DBNull.Value);
        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read())
            found.Add(read(rows));
        return found;
    }

    private static string? Text(SqliteDataReader row, int i) => row.IsDBNull(i) ? null : row.GetString(i);
}
