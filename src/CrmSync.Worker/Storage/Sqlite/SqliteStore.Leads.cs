using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    private const string SelectMoves = """
        SELECT count(*) FROM audit a INDEXED BY audit_moves CROSS JOIN leads l ON l.lead_key = a.lead_key
        WHERE a.kind = 'Decided' AND a.at >= ?2 AND a.to_stage IS NOT NULL AND a.from_stage IS NOT a.to_stage AND a.actor = 'crmsync' AND l.connection = ?1
        """;
    private const string SelectKnown = "SELECT leads FROM lead_counts WHERE connection = ?1";

    public async Task<IReadOnlyDictionary<string, LeadRecord>> FindAsync(
        string connection, IReadOnlyCollection<string> leadIds, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => Find(session, leadIds, id => LeadTable.KeyOf(session, connection, id)), cancellationToken);

    public async Task<IReadOnlyDictionary<string, LeadRecord>> FindByKeyAsync(
        IReadOnlyCollection<string> leadKeys, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => Find(session, leadKeys, key => key), cancellationToken);

    public async Task<IReadOnlyList<string>> NotDeliveredAsync(string connection, string beginning, string? after, int count, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => LeadTable.NotDelivered(session, connection, beginning, after ?? "", count), cancellationToken);

    public Task RecordAsync(string connection, IReadOnlyList<LeadPass> passes, DateTimeOffset at, CancellationToken cancellationToken)
    {
        foreach (var draft in passes.SelectMany(pass => pass.Audit)) AuditChain.Check(draft);
        return _database.WriteAsync(
            session =>
            {
                foreach (var pass in passes)
                    if (InboxClaims.IsHeld(session, connection, pass.Taken)) Record(session, connection, pass, at);
            },
            cancellationToken);
    }

    public Task<(int Moves, int Leads)> MovesSinceAsync(string connection, DateTimeOffset since, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            session => ((int)session.Number(SelectMoves, connection, since), (int)session.Number(SelectKnown, connection)),
            cancellationToken);

    public async Task<IReadOnlyDictionary<string, string>> TurnsAsync(string connection, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => AssignmentQuery.Turns(session, connection), cancellationToken);

    public async Task<IReadOnlyDictionary<string, string>> OfferOwnersAsync(
        string connection, IReadOnlyCollection<string> companyIds, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => AssignmentQuery.OfferOwners(session, connection, companyIds), cancellationToken);

    private static Dictionary<string, LeadRecord> Find(Session session, IReadOnlyCollection<string> names, Func<string, string?> keyOf)
    {
        var found = new Dictionary<string, LeadRecord>(names.Count);
        foreach (var name in names)
            if (keyOf(name) is { } key && LeadTable.Find(session, key) is { } lead) found[name] = lead;
        return found;
    }

    // The lead comes before what refers to it. What follows is stored after the pass is done: it may name the same lead.
    private static void Record(Session session, string connection, LeadPass pass, DateTimeOffset at)
    {
        var (taken, now) = (pass.Taken, InstantText.Of(at));
        if (pass.Lead is not null) LeadTable.Save(session, pass.Lead);
        var leadKey = pass.Lead?.LeadKey ?? LeadTable.KeyOf(session, connection, taken.LeadId);
        if (leadKey is not null)
        {
            foreach (var alias in pass.Aliases) LeadTable.SaveAlias(session, connection, alias, leadKey);
            foreach (var loser in pass.Absorbed) LeadTable.SaveAbsorbed(session, loser, leadKey);
        }
        AuditTable.Append(session, pass.Audit);
        if (pass.Evidence is not null) EvidenceTable.Save(session, pass.Evidence);
        if (pass.Judgement is not null) EvidenceTable.Save(session, pass.Judgement);
        foreach (var intent in pass.Intents) SaveIntent(session, intent);
        if (leadKey is not null && pass.FirstContact is { } contact) FirstContacts.Save(session, leadKey, contact);
        if (pass.Turn is { } turn) AssignmentQuery.SaveTurn(session, connection, turn);
        if (leadKey is not null) Queue(session, connection, leadKey, pass.Activities, at);
        foreach (var edit in pass.KeptEdits) LostEditTable.Save(session, connection, edit);
        foreach (var edit in pass.ToldEdits) LostEditTable.Delete(session, connection, edit);
        DueTable.Replace(session, connection, taken.LeadId, leadKey, pass.DueAt);
        InboxTable.MarkDone(session, connection, taken.LeadId, taken.UpTo, now);
        InboxTable.Accept(session, connection, pass.Follow, now);
    }
}
