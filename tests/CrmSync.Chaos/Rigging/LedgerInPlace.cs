using CrmSync.Adapters;

namespace CrmSync.Chaos.Rigging;

/// <summary>A ledger that answers in place: of two requests that are made side by side the one that was made first goes first.</summary>
internal sealed class LedgerInPlace(IQuotaLedger inner) : IQuotaLedger
{
    public Task<IReadOnlyList<QuotaUse>> ReadAsync(string connection, string budget, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult(Task.Run(() => inner.ReadAsync(connection, budget, since, cancellationToken), cancellationToken).GetAwaiter().GetResult());

    public Task AddAsync(string connection, string budget, QuotaUse use, CancellationToken cancellationToken)
    {
        Task.Run(() => inner.AddAsync(connection, budget, use, cancellationToken), cancellationToken).GetAwaiter().GetResult();
        return Task.CompletedTask;
    }
}
