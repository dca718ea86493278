using System.Runtime.CompilerServices;
using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

internal sealed partial class SqliteStore
{
    private const int RowsPerPage = 2_000;

    public Task AppendAsync(IReadOnlyList<AuditDraft> rows, CancellationToken cancellationToken)
    {
        foreach (var draft in rows) AuditChain.Check(draft);
        return _database.WriteAsync(session => AuditTable.Append(session, rows), cancellationToken);
    }

    public Task KeepRuleSetAsync(string hash, string body, string engineVersion, CancellationToken cancellationToken) =>
        _database.WriteAsync(session => EvidenceTable.KeepRuleSet(session, hash, body, engineVersion), cancellationToken);

    public Task<(long Sequence, string Hash)> HeadAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync(AuditTable.Head, cancellationToken);

    // Page by page: one long read would keep the log from being emptied.
    public async IAsyncEnumerable<AuditRow> ReadRowsAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var from = after;
            var page = await _database.ReadAsync(session => AuditTable.After(session, from, RowsPerPage), cancellationToken);
            foreach (var row in page) yield return row;
            if (page.Count < RowsPerPage) yield break;
            after = page[^1].Sequence;
        }
    }

    /// <summary>All evidence that is kept, page by page.</summary>
    public async IAsyncEnumerable<EvidenceRow> ReadEvidenceAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var from = after;
            var page = await _database.ReadAsync(session => EvidenceTable.After(session, from, RowsPerPage), cancellationToken);
            foreach (var row in page) yield return row;
            if (page.Count < RowsPerPage) yield break;
            after = page[^1].Hash;
        }
    }
}
