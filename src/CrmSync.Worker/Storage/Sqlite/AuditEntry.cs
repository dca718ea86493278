using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>What the fold needs of an audit row.</summary>
internal readonly record struct AuditEntry(
    (string LeadKey, int Episode) Key, string Kind, string? Transition, string? From, string? To, string? State, DateTimeOffset? At, string? Evidence)
{
    public bool IsDecided => Kind == nameof(AuditKind.Decided);

    public static AuditEntry Of(ResultRows rows) => new(
        (rows.Word(0)!, (int)rows.Number(1)), rows.Word(2)!, rows.Word(3), rows.Word(4), rows.Word(5), rows.Word(6), rows.Instant(7), rows.Word(8));
}
