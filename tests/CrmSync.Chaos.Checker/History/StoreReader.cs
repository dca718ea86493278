using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace CrmSync.Chaos.Checker.History;

/// <summary>Reads the tables that are promised to whoever opens the file.</summary>
public static class StoreReader
{
    /// <summary>Reads <c>crmsync.db</c> and <c>anchors.jsonl</c> of a data directory, for one connection.</summary>
    public static StoreTables Read(string directory, string connection)
    {
        using var file = Open(directory);
        IReadOnlyList<T> Rows<T>(string sql, Func<SqliteDataReader, T> read) => StoreReader.Rows(file, sql, connection, read);
        return new()
        {
            Audit = Rows("SELECT sequence, kind, transition_id, lead_key, episode, from_stage, to_stage, handover_state, at, actor, rule_set_hash, evidence_hash, previous_hash, hash FROM audit WHERE $c = $c ORDER BY sequence",
                r => new AuditRow(r.GetInt64(0), r.GetString(1), Text(r, 2), Text(r, 3), r.IsDBNull(4) ? null : r.GetInt64(4), Text(r, 5), Text(r, 6), Text(r, 7), Text(r, 8), r.GetString(9), Text(r, 10), Text(r, 11), r.GetString(12), r.GetString(13))),
            Leads = Rows("SELECT lead_key, connection, lead_id FROM leads WHERE connection = $c", r => new LeadRow(r.GetString(0), r.GetString(1), r.GetString(2))),
            Aliases = Rows("SELECT lead_key, connection, lead_id FROM lead_aliases WHERE connection = $c", r => new LeadRow(r.GetString(0), r.GetString(1), r.GetString(2))),
            Inbox = Rows("SELECT sequence, delivery, lead_id, received_at, done_at FROM inbox WHERE connection = $c ORDER BY sequence",
                r => new InboxRow(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), Text(r, 4))),
            Intents = Rows("SELECT transition_id, step, state, created_at, settled_at, reason, lead_id FROM intents WHERE connection = $c",
                r => new IntentRow(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), Text(r, 4), Text(r, 5), r.GetString(6))),
            Evidence = Rows("SELECT evidence_hash, lead_key, salt, facts, findings, inputs FROM evidence WHERE $c = $c",
                r => new EvidenceRow(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5))),
            Judgements = Rows("SELECT lead_key, judged_at, evidence_hash, verdict FROM judgements WHERE $c = $c", r => new JudgementRow(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3))),
            Quarantine = Rows("SELECT lead_id, reason, since FROM quarantine WHERE connection = $c", r => new QuarantineRow(r.GetString(0), r.GetString(1), r.GetString(2))),
            Cursors = Rows("SELECT stream, position FROM cursors WHERE connection = $c", r => new CursorRow(r.GetString(0), Text(r, 1))),
            RuleSets = Rows("SELECT hash, body FROM rule_sets WHERE $c = $c", r => new RuleSetRow(r.GetString(0), r.GetString(1))),
            Anchors = Anchors(Path.Combine(directory, "anchors.jsonl")),
        };
    }

    /// <summary>The number of the audit's last row; 0 while there is none.</summary>
    public static long AuditLength(string directory)
    {
        using var file = Open(directory);
        using var command = file.CreateCommand();
        command.CommandText = "SELECT coalesce(max(sequence), 0) FROM audit";
        return (long)command.ExecuteScalar()!;
    }

    private static SqliteConnection Open(string directory)
    {
        var file = new SqliteConnection($"Data Source={Path.Combine(directory, "crmsync.db")};Mode=ReadOnly;Pooling=False");
        file.Open();
        return file;
    }

    private static List<T> Rows<T>(SqliteConnection file, string sql, string connection, Func<SqliteDataReader, T> read)
    {
        using var command = file.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$c", connection);
        using var rows = command.ExecuteReader();
        var all = new List<T>();
        while (rows.Read())
            all.Add(read(rows));
        return all;
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static List<Anchor> Anchors(string file) => !File.Exists(file) ? [] : [.. File.ReadLines(file)
        .Where(line => line.Length > 0)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Select(a => new Anchor(a.GetProperty("at").GetString()!, a.GetProperty("sequence").GetInt64(), a.GetProperty("hash").GetString()!))];
}
