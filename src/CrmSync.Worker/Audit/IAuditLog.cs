namespace CrmSync.Worker.Audit;

/// <summary>The audit as it is stored.</summary>
internal interface IAuditLog
{
    /// <summary>The head: sequence 0 and <see cref="AuditChain.Start"/> when empty.</summary>
    Task<(long Sequence, string Hash)> HeadAsync(CancellationToken cancellationToken);

    /// <summary>Rows after a sequence, oldest first, streamed; rows appended meanwhile may follow.</summary>
    IAsyncEnumerable<AuditRow> ReadRowsAsync(long after, CancellationToken cancellationToken);
}
