using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    private const int EntriesPerPiece = 2_000;
    private static readonly string Claimant = $"{Environment.MachineName}/{Environment.ProcessId}";
    private int _epoch;

    public Task<int> AcceptAsync(string connection, IReadOnlyList<InboxEntry> entries, DateTimeOffset at, CancellationToken cancellationToken) =>
        _database.WriteAsync(session => InboxTable.Accept(session, connection, entries, InstantText.Of(at)), cancellationToken);

    public Task<int> AdvanceAsync(
        string connection, string stream, IReadOnlyList<InboxEntry> entries, string? position, DateTimeOffset at, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            session =>
            {
                RememberedTable.Move(session, connection, stream, position);
                return InboxTable.Accept(session, connection, entries, InstantText.Of(at));
            },
            cancellationToken);

    public Task<string?> PositionAsync(string connection, string stream, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => RememberedTable.Position(session, connection, stream), cancellationToken);

    public async Task<IReadOnlyList<TakenLead>> TakeAsync(
        string connection, int count, DateTimeOffset at, TimeSpan lease, CancellationToken cancellationToken)
    {
        var claimant = new InboxClaims.Claimant(Claimant, at + lease, Interlocked.Increment(ref _epoch));
        while (true)
        {
            // After an outage much has to be filed first: piece by piece, so that accepting goes on in between.
            var taken = await _database.WriteAsync(
                session => InboxFiling.File(session, EntriesPerPiece) ? InboxClaims.Take(session, connection, count, at, claimant) : null,
                cancellationToken);
            if (taken is not null) return taken;
        }
    }

    public Task ExpandAsync(
        string connection, IReadOnlyList<TakenLead> hints, IReadOnlyList<InboxEntry> leads, DateTimeOffset at, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            session =>
            {
                var now = InstantText.Of(at);
                InboxTable.Accept(session, connection, leads, now);
                foreach (var hint in hints) InboxTable.MarkDone(session, connection, hint.LeadId, hint.UpTo, now);
            },
            cancellationToken);

    public Task ReleaseAsync(
        string connection, IReadOnlyList<TakenLead> leads, DateTimeOffset notBefore, bool failed, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            session =>
            {
                foreach (var lead in leads) InboxClaims.GiveBack(session, connection, lead, notBefore, failed);
            },
            cancellationToken);

    public Task<long> PendingAsync(string connection, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => InboxTable.Pending(session, connection), cancellationToken);

    public Task<DateTimeOffset?> OldestWaitingAsync(string connection, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => InboxTable.Oldest(session, connection), cancellationToken);

    public Task<DateTimeOffset?> NextPutOffAsync(string connection, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => InboxClaims.NextPutOff(session, connection), cancellationToken);

    public async Task<long> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        // In pieces, so that whoever waits to store something waits for a piece only.
        long forgotten = await _database.WriteAsync(session => QuotaTable.Forget(session, before), cancellationToken);
        var (first, last) = await _database.ReadAsync(InboxTable.Span, cancellationToken);
        for (; first <= last; first += EntriesPerPiece)
        {
            var from = first;
            forgotten += await _database.WriteAsync(
                session => InboxTable.Forget(session, from, from + EntriesPerPiece - 1, before), cancellationToken);
        }
        return forgotten;
    }
}
