using CrmSync.Leads.Handover;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Brakes;

/// <summary>That the offers made within a span are taken back; remembered as JSON.</summary>
internal sealed record WithdrawOrder(DateTimeOffset Since, DateTimeOffset Until);

/// <summary>Takes back offers that nobody has touched. The order stands: offers out of reach just now are taken back when they are read.</summary>
internal sealed class Withdrawals(ConnectionMemory memory, ISyncStore store, IOfferBook book)
{
    private const int OrdersKept = 20;

    /// <summary>Open offers made since an instant that nobody is known to have touched.</summary>
    public static async Task<IReadOnlyList<LeadRecord>> CandidatesAsync(IOfferBook book, string connection, DateTimeOffset since, CancellationToken cancellationToken) =>
    [
        .. (await book.LeadsAsync(connection, LeadFilter.Offered, cancellationToken))
            .Where(lead => lead.Episode is { IncompleteSince: null, TaskReopenedAt: null } offer && offer.OfferedAt >= since
                && !(lead.Memory.ForeignStageAt >= offer.OfferedAt) && lead.Memory is { IsGone: false, Parked: null })
            .OrderBy(lead => lead.Episode!.OfferedAt).ThenBy(lead => lead.LeadId, StringComparer.Ordinal),
    ];

    /// <summary>Answers how many offers are taken back, as far as is known before each is read.</summary>
    public async Task<int> OrderAsync(string connection, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var offers = await CandidatesAsync(book, connection, since, cancellationToken);
        // Kept although there is none: an offer that is on its way to the CRM just now is meant, too.
        var orders = await memory.ReadAsync<WithdrawOrder[]>(connection, ConnectionMemory.TakenBack, cancellationToken) ?? [];
        await memory.WriteAsync(connection, ConnectionMemory.TakenBack, orders.Append(new(since, now)).TakeLast(OrdersKept).ToArray(), cancellationToken);
        if (offers.Count > 0)
            await store.AcceptAsync(connection, [.. offers.Select(lead => new InboxEntry($"withdraw:{now.ToUnixTimeMilliseconds()}:{lead.LeadKey}", lead.LeadId))], now, cancellationToken);
        return offers.Count;
    }

    /// <summary>The leads among these whose offer an order covers, each marked with that offer.</summary>
    public async Task<IReadOnlyList<LeadRecord>> MarkAsync(string connection, IReadOnlyList<LeadRecord> known, CancellationToken cancellationToken)
    {
        var offered = known.Where(lead => lead.Episode is { State: HandoverState.AwaitingDecision } offer && lead.Memory.TakeBackOffer != offer.OfferedAt).ToList();
        if (offered.Count == 0 || await memory.ReadAsync<WithdrawOrder[]>(connection, ConnectionMemory.TakenBack, cancellationToken) is not { } orders)
            return [];
        return
        [
            .. offered.Where(lead => orders.Any(order => lead.Episode!.OfferedAt >= order.Since && lead.Episode.OfferedAt <= order.Until))
                .Select(lead => lead with { Memory = lead.Memory with { TakeBackOffer = lead.Episode!.OfferedAt } }),
        ];
    }
}
