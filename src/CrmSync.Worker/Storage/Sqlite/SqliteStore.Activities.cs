using CrmSync.Adapters;

namespace CrmSync.Worker.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public async Task<IReadOnlyList<ActivityRow>> ActivitiesAsync(
        string connection, int count, DateTimeOffset at, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => ActivityTable.Due(session, connection, count, at), cancellationToken);

    public async Task<IReadOnlySet<string>> OpenActivitiesAsync(
        string connection, IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => keys.Where(key => ActivityTable.IsOpen(session, connection, key)).ToHashSet(StringComparer.Ordinal), cancellationToken);

    public Task<DateTimeOffset?> NextActivityAsync(string connection, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => ActivityTable.Next(session, connection), cancellationToken);

    public Task SettleActivitiesAsync(IReadOnlyList<ActivityRow> rows, CancellationToken cancellationToken) => _database.WriteAsync(
        session =>
        {
            foreach (var row in rows) ActivityTable.Save(session, row);
        },
        cancellationToken);

    private static void Queue(Session session, string connection, string leadKey, IEnumerable<LeadActivity> activities, DateTimeOffset at)
    {
        foreach (var activity in activities) ActivityTable.Queue(session, connection, leadKey, activity, at);
    }
}
