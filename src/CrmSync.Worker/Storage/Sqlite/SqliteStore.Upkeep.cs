using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

internal sealed partial class SqliteStore : IStoreGauges
{
    private const int RowsPerRinging = 500;

    public async Task<int> RingDueAsync(string connection, DateTimeOffset at, TimeSpan ahead, CancellationToken cancellationToken)
    {
        var (rung, last) = (0, RowsPerRinging);
        while (last == RowsPerRinging)
        {
            last = await _database.WriteAsync(
                session => DueTable.Ring(session, connection, at + ahead, InstantText.Of(at), RowsPerRinging), cancellationToken);
            rung += last;
        }
        return rung;
    }

    public Task<DateTimeOffset?> NextDueAsync(string connection, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => DueTable.Next(session, connection), cancellationToken);

    public Task QuarantineAsync(
        string connection, IReadOnlyList<(string LeadId, string Reason)> leads, DateTimeOffset at, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            session =>
            {
                foreach (var (leadId, reason) in leads) QuarantineTable.Add(session, connection, leadId, reason, at);
            },
            cancellationToken);

    public async Task<IReadOnlyList<QuarantinedLead>> QuarantinedAsync(string? connection, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => QuarantineTable.List(session, connection), cancellationToken);

    public Task<int> UnquarantineAsync(string connection, string? leadId, bool replay, DateTimeOffset at, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            session =>
            {
                // Dropping means all that waits, also what has not been filed yet.
                while (!InboxFiling.File(session, RowsPerRinging)) { }
                var leads = QuarantineTable.List(session, connection, leadId);
                foreach (var lead in leads) QuarantineTable.Remove(session, connection, lead.LeadId, replay, InstantText.Of(at));
                return leads.Count;
            },
            cancellationToken);

    public Task<StoreGauges> GaugesAsync(long since, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => GaugeQueries.Read(session, since), cancellationToken);

    public async Task<IReadOnlyList<TimeSpan>> LatenciesAsync(long since, long until, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => GaugeQueries.Latencies(session, since, until), cancellationToken);

    public Task<string?> RememberedAsync(string connection, string name, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => RememberedTable.Value(session, connection, name), cancellationToken);

    public Task RememberAsync(string connection, string name, string? value, CancellationToken cancellationToken) =>
        _database.WriteAsync(session => RememberedTable.Set(session, connection, name, value), cancellationToken);

    public Task<long> AskAsync(string kind, string body, DateTimeOffset at, CancellationToken cancellationToken) =>
        _database.WriteAsync(session => RequestTable.Add(session, kind, body, at), cancellationToken);

    public async Task<IReadOnlyList<StoreRequest>> AskedAsync(CancellationToken cancellationToken) =>
        await _database.ReadAsync(RequestTable.Open, cancellationToken);

    public Task AnswerAsync(long requestId, string answer, DateTimeOffset at, CancellationToken cancellationToken) =>
        _database.WriteAsync(session => RequestTable.Answer(session, requestId, answer, at), cancellationToken);

    public Task<string?> AnswerOfAsync(long requestId, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => RequestTable.AnswerOf(session, requestId), cancellationToken);
}
