using CrmSync.Chaos.Rigging;
using Microsoft.Data.Sqlite;

namespace CrmSync.Chaos.Nemesis;

/// <summary>One thing that somebody with the file in hand may do to the audit. <paramref name="Row"/>: the row that it is about.</summary>
internal sealed record AuditTampering(string Kind, string What, int Row, string Sql)
{
    public const string Cut = "cut";

    private const string Unguard = "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted; DROP TRIGGER audit_is_not_replaced; DROP INDEX audit_decided; DROP INDEX audit_ended;";
    private static readonly string[] Columns = ["kind", "transition_id", "lead_key", "episode", "from_stage", "to_stage", "handover_state", "at", "actor", "rule_set_hash", "evidence_hash", "previous_hash", "hash"];

    /// <summary>So many ways, as many of each kind, no two the same; of each kind one at the very end, where nothing follows that could tell.</summary>
    public static IReadOnlyList<AuditTampering> Draw(int rows, int number, KeyedDraw draw)
    {
        var all = Enumerable.Range(1, rows).ToList();
        IEnumerable<AuditTampering>[] kinds =
        [
            all.SelectMany(row => Columns.Select(column => Changed(row, column))), all.SkipLast(1).Select(Deleted), all.Select(Inserted), all.SkipLast(1).Select(Reordered),
            // The last row deleted is the shortest cut, and no row left the longest but one.
            all.SkipLast(1).Select(CutAfter),
        ];
        return [.. kinds.SelectMany(kind =>
        {
            var drawn = kind.OrderBy(way => draw.Fraction(way.What)).ToList();
            var atEnd = drawn.MaxBy(way => way.Row)!;
            return drawn.Where(way => way != atEnd).Prepend(atEnd).Take(number / kinds.Length);
        })];
    }

    public void Do(string directory)
    {
        using var file = new SqliteConnection($"Data Source={Path.Combine(directory, "crmsync.db")};Pooling=False");
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText = Unguard + Sql;
        command.ExecuteNonQuery();
    }

    private static AuditTampering Changed(int row, string column) =>
        new("changed", $"{column} of {row} changed", row, $"UPDATE audit SET {column} = coalesce({column}, '') || 'x' WHERE sequence = {row}");

    private static AuditTampering Deleted(int row) => new("deleted", $"{row} deleted", row, $"DELETE FROM audit WHERE sequence = {row}");

    private static AuditTampering Inserted(int row) => new("inserted", $"inserted after {row}", row, $"""
        UPDATE audit SET sequence = -sequence WHERE sequence > {row};
        UPDATE audit SET sequence = 1 - sequence WHERE sequence < 0;
        INSERT INTO audit SELECT {row + 1}, kind, transition_id, lead_key, episode, from_stage, to_stage, handover_state, at, actor, rule_set_hash, evidence_hash, hash, hash FROM audit WHERE sequence = {row};
        """);

    private static AuditTampering Reordered(int row) => new("reordered", $"{row} and the next exchanged", row,
        $"UPDATE audit SET sequence = 0 - {row} WHERE sequence = {row}; UPDATE audit SET sequence = {row} WHERE sequence = {row + 1}; UPDATE audit SET sequence = {row + 1} WHERE sequence = 0 - {row};");

    private static AuditTampering CutAfter(int row) => new(Cut, $"cut after {row}", row, $"DELETE FROM audit WHERE sequence > {row}");
}
