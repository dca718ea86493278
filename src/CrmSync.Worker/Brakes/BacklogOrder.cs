using CrmSync.Leads;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Brakes;

/// <summary>What an admin wants offered of the time before going live.</summary>
/// <param name="Newest">How many leads, those with the newest acts, 1 to 1,000.</param>
/// <param name="MaxAge">How old the newest act may be.</param>
internal sealed record BacklogWish(int Newest, TimeSpan MaxAge);

/// <summary>The old leads that were chosen, newest act first; remembered as JSON.</summary>
internal sealed record BacklogOrder(DateTimeOffset From, IReadOnlyList<string> LeadKeys);

/// <summary>Chooses old leads at going live, and tells them by the order that was remembered.</summary>
internal sealed class Backlog(ConnectionMemory memory, ISyncStore store, IOfferBook book)
{
    /// <summary>Leads that the rules would offer and that no hand-over is open for, newest act first.</summary>
    public async Task<IReadOnlyList<LeadRecord>> CandidatesAsync(string connection, BacklogWish wish, DateTimeOffset now, CancellationToken cancellationToken) =>
    [
        .. (await book.LeadsAsync(connection, LeadFilter.WouldOffer, cancellationToken))
            .Where(lead => lead is { Episode: null, Stage: <= LifecycleStage.MarketingQualified, Memory.IsGone: false } && lead.Memory.LastJudged?.NewestAct >= now - wish.MaxAge)
            .OrderByDescending(lead => lead.Memory.LastJudged!.NewestAct).ThenBy(lead => lead.LeadId, StringComparer.Ordinal)
            .Take(wish.Newest),
    ];

    /// <summary>Chooses them and has each looked at, newest act first. Answers how many.</summary>
    public async Task<int> OrderAsync(string connection, BacklogWish wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var chosen = await CandidatesAsync(connection, wish, now, cancellationToken);
        await memory.WriteAsync(connection, ConnectionMemory.OldLeads, new BacklogOrder(now - wish.MaxAge, [.. chosen.Select(lead => lead.LeadKey)]), cancellationToken);
        await store.AcceptAsync(connection, [.. chosen.Select(lead => new InboxEntry($"backlog:{lead.LeadKey}", lead.LeadId))], now, cancellationToken);
        return chosen.Count;
    }

    /// <summary>The chosen ones among these leads that no hand-over was opened for yet, each marked with the instant that counts for it.</summary>
    public async Task<IReadOnlyList<LeadRecord>> MarkAsync(string connection, IReadOnlyList<LeadRecord> known, CancellationToken cancellationToken)
    {
        var unmarked = known.Where(lead => lead is { Episode: null, Memory.BacklogFrom: null }).ToList();
        if (unmarked.Count == 0 || await memory.ReadAsync<BacklogOrder>(connection, ConnectionMemory.OldLeads, cancellationToken) is not { } order)
            return [];
        var chosen = order.LeadKeys.ToHashSet();
        return [.. unmarked.Where(lead => chosen.Contains(lead.LeadKey)).Select(lead => lead with { Memory = lead.Memory with { BacklogFrom = order.From } })];
    }
}
