using System.Runtime.CompilerServices;

namespace CrmSync.Worker.Storage.Sqlite;

/// <inheritdoc/>
internal sealed class SqliteReports(SqliteDatabase database) : IStoreReports
{
    private const int EpisodesPerPage = 1_000;

    public Task<StoreSummary> SummaryAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(SummaryQueries.Read, cancellationToken);

    // Page by page: one long read would keep the log from being emptied.
    public async IAsyncEnumerable<EpisodeRow> EpisodesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (leadKey, episode) = ("", 0);
        while (true)
        {
            var (fromKey, fromEpisode) = (leadKey, episode);
            var page = await database.ReadAsync(
                session => EpisodeQuery.After(session, fromKey, fromEpisode, EpisodesPerPage), cancellationToken);
            foreach (var row in page) yield return row;
            if (page.Count < EpisodesPerPage) yield break;
            (leadKey, episode) = (page[^1].LeadKey, page[^1].Episode);
        }
    }

    public Task<LeadStory?> StoryAsync(string connection, string leadId, CancellationToken cancellationToken) =>
        database.ReadAsync(session => Story(session, connection, leadId), cancellationToken);

    private static LeadStory? Story(Session session, string connection, string leadId)
    {
        if (LeadTable.KeyOf(session, connection, leadId) is not { } key || LeadTable.Find(session, key) is not { } lead) return null;
        var held = LeadTable.IdsOf(session, connection, key).SelectMany(id => QuarantineTable.List(session, connection, id));
        return new(
            lead, AuditTable.OfLead(session, key), EvidenceTable.Latest(session, key),
            IntentTable.OpenOfLead(session, connection, key), held.FirstOrDefault()?.Reason);
    }
}
