using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>What the fold needs of an audit row.</summary>
internal readonly record struct AuditEntry(
    (string LeadKey, int Episode) Key, string Kind, string? Transition, string? From, string? To, string? State, DateTimeOffset? At, string? Evidence)
{
    public bool IsDecided => Kind == nameof(AuditKind.Decided);

    public static AuditEntry Of(ResultRows rows) => new(
        (rows.Required(0), (int)rows.Number(1)), rows.Required(2), rows.Text(3), rows.Text(4), rows.Text(5), rows.Text(6), rows.Instant(7), rows.Text(8));
}
