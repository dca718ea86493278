using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    public async Task<IReadOnlyList<IntentRow>> IntentsAsync(
        string connection, IReadOnlyList<IntentState> states, int count, DateTimeOffset at, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => IntentTable.Work(session, connection, states, count, at), cancellationToken);

    public Task<DateTimeOffset?> NextIntentAsync(string connection, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => IntentTable.Next(session, connection), cancellationToken);

    public Task SettleAsync(IReadOnlyList<Settlement> settlements, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var draft in settlements.SelectMany(RowsOf)) AuditChain.Check(draft);
        return _database.WriteAsync(
            session =>
            {
                foreach (var settlement in settlements) Settle(session, settlement, at);
            },
            cancellationToken);
    }

    public Task<int> SuspectOpenIntentsAsync(string connection, DateTimeOffset readAt, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            session =>
            {
                ActivityTable.PutOff(session, connection, readAt);
                return IntentTable.Suspect(session, connection, readAt);
            },
            cancellationToken);

    // The one that ends comes before the one that follows: only one may be open.
    private static void Settle(Session session, Settlement settlement, DateTimeOffset at)
    {
        var intent = settlement.Intent;
        SaveIntent(session, intent);
        if (settlement.Next is not null) SaveIntent(session, settlement.Next);
        AuditTable.Append(session, [.. RowsOf(settlement)]);
        if (settlement.Lead is not null) LeadTable.Save(session, settlement.Lead);
        Queue(session, intent.Connection, intent.LeadKey, settlement.Activities, at);
        if (settlement.Quarantine is { } reason) QuarantineTable.Add(session, intent.Connection, intent.LeadId, reason, at);
        if (settlement.LookAt is { } due) DueTable.Replace(session, intent.Connection, intent.LeadId, intent.LeadKey, due);
        if (settlement.Seen is { } seen) InboxTable.AcceptDone(session, intent.Connection, seen, InstantText.Of(at));
        if (settlement.Lost is { } lost) Keep(session, intent.Connection, lost, at);
        if (settlement.Follow is { } follow) InboxTable.Accept(session, intent.Connection, [follow], InstantText.Of(at));
    }

    private static IEnumerable<AuditDraft> RowsOf(Settlement settlement) => new[] { settlement.Audit, settlement.Standing }.OfType<AuditDraft>();

    private static void SaveIntent(Session session, IntentRow intent)
    {
        IntentTable.Save(session, intent);
        if (intent.SettledAt is null) return;
        // What came for the lead meanwhile may be taken. If another intent follows, it is held back again when its turn comes.
        foreach (var leadId in LeadTable.IdsOf(session, intent.Connection, intent.LeadKey).Append(intent.LeadId))
            InboxBlocks.Lift(session, intent.Connection, leadId, InboxBlocks.ByIntent);
    }
}
