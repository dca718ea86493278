using System.Runtime.CompilerServices;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

/// <inheritdoc/>
internal sealed class SqliteReports(SqliteDatabase database) : IStoreReports
{
    private const int RowsPerPage = 4_000;

    public Task<StoreSummary> SummaryAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(SummaryQueries.Read, cancellationToken);

    public async Task<IReadOnlyList<string>> ConnectionsAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(SummaryQueries.Connections, cancellationToken);

    // Page by page: one long read would keep the log from being emptied.
    public async IAsyncEnumerable<EpisodeRow> EpisodesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (string LeadKey, int Episode)? from = ("", 0);
        while (from is { } after)
        {
            var (page, last) = await database.ReadAsync(session => EpisodeQuery.After(session, after, RowsPerPage), cancellationToken);
            foreach (var row in page) yield return row;
            from = last;
        }
    }

    public async Task<IReadOnlyList<ShadowLead>> ShadowAsync(string connection, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => ShadowQuery.Read(session, connection), cancellationToken);

    public Task<LeadStory?> StoryAsync(string connection, string leadId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => Story(session, connection, leadId), cancellationToken);

    private static LeadStory? Story(Session session, string connection, string leadId)
    {
        if (LeadTable.KeyOf(session, connection, leadId) is not { } key || LeadTable.Find(session, key) is not { } lead) return null;
        var held = LeadTable.IdsOf(session, connection, key).SelectMany(id => QuarantineTable.List(session, connection, id));
        var audit = AuditTable.OfLead(session, key);
        return new(lead, audit, EvidenceTable.Latest(session, key), IntentTable.OpenOfLead(session, connection, key), held.FirstOrDefault()?.Reason)
        {
            Written = Written(session, audit),
            Judged = EvidenceTable.Judged(session, key),
            Intents = audit.Where(r => r is { Kind: nameof(AuditKind.Decided), TransitionId: not null }).Select(r => IntentTable.LastOf(session, r.TransitionId!))
                .OfType<IntentRow>().ToDictionary(intent => intent.TransitionId),
            EvidenceOf = EvidenceTable.Of(session, audit.Where(r => r.Kind == nameof(AuditKind.Decided)).Select(r => r.EvidenceHash)),
        };
    }

    private static Dictionary<string, string?> Written(Session session, IReadOnlyList<AuditRow> audit)
    {
        var written = new Dictionary<string, string?>();
        foreach (var row in audit.Where(r => r.Kind == nameof(AuditKind.Applied) && r.TransitionId is not null))
            IntentTable.AddWritten(session, row.TransitionId!, written);
        return written;
    }
}
