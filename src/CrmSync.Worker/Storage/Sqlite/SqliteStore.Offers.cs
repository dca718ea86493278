namespace CrmSync.Worker.Storage.Sqlite;

internal sealed partial class SqliteStore : IOfferBook
{
    public async Task<IReadOnlyList<LeadRecord>> LeadsAsync(string connection, LeadFilter filter, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => LeadTable.List(session, connection, filter), cancellationToken);

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<StageChange>>> StageChangesAsync(
        IReadOnlyCollection<string> leadKeys, CancellationToken cancellationToken) =>
        await _database.ReadAsync(
            session => leadKeys.Distinct()
                .Select(key => (key, changes: AuditTable.StageChanges(session, key)))
                .Where(lead => lead.changes.Count > 0)
                .ToDictionary(lead => lead.key, lead => (IReadOnlyList<StageChange>)lead.changes),
            cancellationToken);
}
