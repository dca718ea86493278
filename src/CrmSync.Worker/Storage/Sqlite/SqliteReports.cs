using System.Runtime.CompilerServices;
using CrmSync.Leads.Kpis;
using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

/// <inheritdoc/>
internal sealed class SqliteReports(SqliteDatabase database) : IStoreReports
{
    private const int RowsPerPage = 4_000;
    private const int MostChanged = 100_000;

    public Task<StoreSummary> SummaryAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(SummaryQueries.Read, cancellationToken);

    public async Task<IReadOnlyList<string>> ConnectionsAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(SummaryQueries.Connections, cancellationToken);

    // Page by page, here and below: one long read would keep the log from being emptied.
    public async IAsyncEnumerable<EpisodeRow> EpisodesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var imported = await database.ReadAsync(HistoryTable.Any, cancellationToken);
        var changed = await database.ReadAsync(session => EpisodeRollUp.Changed(session, MostChanged), cancellationToken);
        (string LeadKey, int Episode)? from = ("", 0);
        string? lead = null;
        while (from is { } after)
        {
            var (page, last) = await database.ReadAsync(
                session => changed is null ? EpisodeQuery.After(session, after, RowsPerPage) : EpisodeRollUp.After(session, after, RowsPerPage, changed), cancellationToken);
            foreach (var row in page)
            {
                foreach (var earlier in imported && row.LeadKey != lead ? await BeforeAsync(row, cancellationToken) : [])
                    yield return earlier;
                lead = row.LeadKey;
                yield return row;
            }
            from = last;
        }
        (string, string)? next = imported ? ("", "") : null;
        while (next is { } key)
        {
            var (page, last) = await database.ReadAsync(session => HistoryTable.After(session, key, RowsPerPage), cancellationToken);
            foreach (var row in page) yield return row;
            next = last;
        }
    }

    public async Task<bool> TallyAsync(IReadOnlyList<BriefTally> tallies, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(session => CohortReading.Read(session, tallies, MostChanged), cancellationToken)) return true;
        if (await database.ReadAsync(HistoryTable.Any, cancellationToken)) return false;
        (string LeadKey, int Episode)? from = ("", 0);
        while (from is { } after)
        {
            var (page, last) = await database.ReadAsync(session => EpisodeQuery.After(session, after, RowsPerPage, bare: true), cancellationToken);
            foreach (var row in page)
                foreach (var tally in tallies) tally.Add(row);
            from = last;
        }
        return true;
    }

    public async Task<IReadOnlyList<ToldFigure>> ToldAsync(int cutOffs, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => ToldTable.Latest(session, cutOffs), cancellationToken);

    public async IAsyncEnumerable<JudgedEpisode> JudgedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (string LeadKey, int Episode)? from = ("", 0);
        while (from is { } after)
        {
            var (page, last) = await database.ReadAsync(session => Judged(session, after), cancellationToken);
            foreach (var row in page) yield return row;
            from = last;
        }
    }

    public async IAsyncEnumerable<string> FindingsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = new List<(string LeadKey, string Findings)>();
        do
        {
            var after = page.Count == 0 ? "" : page[^1].LeadKey;
            page = await database.ReadAsync(session => EvidenceTable.LatestAfter(session, after, RowsPerPage), cancellationToken);
            foreach (var (_, findings) in page) yield return findings;
        }
        while (page.Count == RowsPerPage);
    }

    public async IAsyncEnumerable<TransitionRow> TransitionsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = new List<TransitionRow>();
        do
        {
            var after = page.Count == 0 ? 0 : page[^1].Sequence;
            page = await database.ReadAsync(session => TransitionQuery.After(session, after, RowsPerPage), cancellationToken);
            foreach (var row in page) yield return row;
        }
        while (page.Count == RowsPerPage);
    }

    public Task<BaselineCounts> BaselineAsync(string connection, DateTimeOffset now, IReadOnlyList<int> ages, CancellationToken cancellationToken) =>
        database.ReadAsync(session => BaselineQuery.Read(session, connection, now, ages), cancellationToken);

    public async Task<IReadOnlyList<ShadowLead>> ShadowAsync(string connection, CancellationToken cancellationToken) =>
        await database.ReadAsync(session => ShadowQuery.Read(session, connection), cancellationToken);

    public Task<LeadStory?> StoryAsync(string connection, string leadId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => Story(session, connection, leadId), cancellationToken);

    private Task<IReadOnlyList<EpisodeRow>> BeforeAsync(EpisodeRow first, CancellationToken cancellationToken) => database.ReadAsync(
        session => HistoryTable.Before(session, first.LeadKey, first.Connection, first.MqlAt ?? first.OfferedAt ?? first.AcceptedAt), cancellationToken);

    private static (List<JudgedEpisode> Rows, (string LeadKey, int Episode)? Last) Judged(Session session, (string LeadKey, int Episode) after)
    {
        var (page, last) = EpisodeQuery.After(session, after, RowsPerPage);
        var rows = page.Where(row => row.Evidence is not null)
            .Select(row => (Row: row, Findings: EvidenceTable.Findings(session, row.Evidence!))).Where(row => row.Findings is not null);
        return ([.. rows.Select(row => new JudgedEpisode(row.Row, row.Findings!))], last);
    }

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
