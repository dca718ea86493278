namespace CrmSync.Adapters;

/// <summary>Requests that were spent, or reserved to be spent, at an instant.</summary>
public sealed record QuotaUse(DateTimeOffset At, int Count);

/// <summary>
/// Remembers what was spent of a quota window, so that a restart or a crash loop never exceeds it. Reservations are
/// recorded before they are used; an unused reservation counts as spent.
/// </summary>
public interface IQuotaLedger
{
    Task<IReadOnlyList<QuotaUse>> ReadAsync(string connection, string budget, DateTimeOffset since, CancellationToken cancellationToken);

    Task AddAsync(string connection, string budget, QuotaUse use, CancellationToken cancellationToken);
}
