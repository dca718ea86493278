using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    private const string SelectDecided = "SELECT 1 FROM audit WHERE transition_id = ?1 AND kind = 'Decided'";

    public async Task<IReadOnlySet<string>> FormerIdsAsync(CancellationToken cancellationToken) =>
        await _database.ReadAsync(FormerIds, cancellationToken);

    public Task<RestoreNote?> RestoredAsync(CancellationToken cancellationToken) => _database.ReadAsync(
        session => RememberedTable.Value(session, "", RememberedTable.RestoredName)?.Split(' ') is [var by, var at]
            ? new RestoreNote(InstantText.Parse(at), by)
            : null,
        cancellationToken);

    public async Task<bool> NoteRestoreAsync(string storeId, RestoreNote note, AuditDraft row, CancellationToken cancellationToken)
    {
        AuditChain.Check(row);
        var created = NewStoreId();
        var noted = await _database.WriteAsync(
            session =>
            {
                if (StoreIdOf(session) != storeId) return false;
                AuditTable.Append(session, [row]);
                RememberedTable.Set(session, "", RememberedTable.FormerIdsName, string.Join(' ', FormerIds(session).Append(storeId)));
                RememberedTable.Set(session, "", RememberedTable.StoreIdName, created);
                RememberedTable.Set(session, "", RememberedTable.RestoredName, $"{note.By} {InstantText.Of(note.At)}");
                IntentTable.SendNoMore(session);
                ActivityTable.Drop(session, note.At, "the store was restored: it was made then, or is not wanted any more");
                RememberedTable.SweepAnew(session);
                return true;
            },
            cancellationToken);
        if (noted) StoreId = created;
        return noted;
    }

    public async Task<IReadOnlySet<string>> UndecidedAsync(IReadOnlyCollection<string> transitionIds, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => transitionIds.Where(id => !session.Any(SelectDecided, id)).ToHashSet(), cancellationToken);

    private static HashSet<string> FormerIds(Session session) =>
        [.. (RememberedTable.Value(session, "", RememberedTable.FormerIdsName) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
