using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public Task<IntentRow?> IntentAsync(string transitionId, bool clears, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => IntentTable.Of(session, transitionId, clears), cancellationToken);

    public Task<bool> KeepAsync(string connection, LostEdit edit, DateTimeOffset at, CancellationToken cancellationToken) =>
        _database.WriteAsync(session => Keep(session, connection, edit, at), cancellationToken);

    public async Task<IReadOnlyList<LostEdit>> LostEditsAsync(string connection, IReadOnlyCollection<string> leadIds, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => !LostEditTable.IsAny(session, connection) ? [] : leadIds.SelectMany(id => LostEditTable.OfLead(session, connection, id)).ToList(), cancellationToken);

    // The entry in the inbox tells repetitions, long after the edit itself is kept no more.
    private static bool Keep(Session session, string connection, LostEdit edit, DateTimeOffset at)
    {
        InboxEntry look = new($"lost-edit:{edit.TransitionId}{(edit.Clears ? ".c" : "")}", edit.LeadId);
        if (InboxTable.Accept(session, connection, [look], InstantText.Of(at)) == 0) return false;
        LostEditTable.Save(session, connection, edit);
        return true;
    }
}
