using CrmSync.Worker.Brakes;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;

namespace CrmSync.Worker.Reports;

/// <summary>Puts a connection's plan together from what is recorded.</summary>
internal sealed class PlanReader(ISyncStore store, IOfferBook book, IStoreReports reports)
{
    /// <summary>The age that going live proposes for a backlog.</summary>
    private static readonly BacklogWish Usual = new(1_000, TimeSpan.FromDays(30));

    /// <param name="today">The local day by which offers are counted.</param>
    public async Task<ConnectionPlan> ReadAsync(ConnectionSettings connection, DateOnly today, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (name, memory) = (connection.Crm.Name, new ConnectionMemory(store));
        var summary = (await reports.SummaryAsync(cancellationToken)).Connections.GetValueOrDefault(name);
        var live = await memory.InstantAsync(name, ConnectionMemory.StartAt, cancellationToken);
        var isShadow = live is null || connection.Mode == ConnectionMode.Shadow;
        return new()
        {
            Connection = name,
            LiveSince = isShadow ? null : live,
            Baseline = await memory.HasBaselineAsync(name, cancellationToken) ? "complete" : "under way",
            BrakedSince = await memory.InstantAsync(name, ConnectionMemory.BrakeAt, cancellationToken),
            MovesAnHour = Brake.LimitFor((int)(summary?.Leads ?? 0)),
            Leads = summary?.Leads ?? 0,
            Stages = summary?.Stages,
            Verdicts = summary?.Verdicts,
            Offers = await OffersAsync(connection, isShadow ? null : live, today, memory, cancellationToken),
            Pilot = connection.Pilot?.ToString(),
            Backlog = (await memory.ReadAsync<BacklogOrder>(name, ConnectionMemory.OldLeads, cancellationToken))?.LeadKeys.Count ?? 0,
            BacklogPossible = isShadow ? (await new Backlog(memory, store, book).CandidatesAsync(name, Usual, now, cancellationToken)).Count : null,
            HeldBack = await HeldBackAsync(name, cancellationToken),
            Parked = await ParkedAsync(name, cancellationToken),
            Shadow = isShadow
                ? ShadowReport.Of(await reports.ShadowAsync(name, cancellationToken), await memory.InstantAsync(name, ConnectionMemory.BaselineListed, cancellationToken))
                : null,
        };
    }

    private static async Task<PlannedOffers> OffersAsync(
        ConnectionSettings connection, DateTimeOffset? live, DateOnly today, ConnectionMemory memory, CancellationToken cancellationToken)
    {
        var kept = await memory.ReadAsync<OfferTally>(connection.Crm.Name, ConnectionMemory.OffersToday, cancellationToken);
        var tally = kept?.Day == today ? kept : new(today, []);
        var byOwner = tally.Owners.Values.GroupBy(owner => owner).ToDictionary(owner => owner.Key, owner => owner.Count());
        return new(connection.Offers.PerDay, connection.Offers.PerOwnerAndDay, live?.AddDays(connection.Offers.Days), tally.All, byOwner);
    }

    private async Task<IReadOnlyList<PlannedHold>> HeldBackAsync(string connection, CancellationToken cancellationToken) =>
    [
        .. (await book.LeadsAsync(connection, LeadFilter.HeldBack, cancellationToken))
            .Where(lead => lead.Memory is { BrakeHold: not null, IsGone: false })
            .Select(lead => (lead.LeadId, Held: lead.Memory.BrakeHold!))
            .OrderByDescending(lead => lead.Held.Score).ThenBy(lead => lead.LeadId, StringComparer.Ordinal)
            .Select(lead => new PlannedHold(lead.LeadId, lead.Held.Score, lead.Held.OwnerId, lead.Held.Cause, lead.Held.Since)),
    ];

    private async Task<IReadOnlyList<PlannedParking>> ParkedAsync(string connection, CancellationToken cancellationToken) =>
    [
        .. (await book.LeadsAsync(connection, LeadFilter.Parked, cancellationToken))
            .Where(lead => lead.Memory.Parked is not null)
            .OrderBy(lead => lead.Memory.Parked!.Since)
            .Select(lead => new PlannedParking(lead.LeadId, lead.Memory.Parked!.Since, lead.Memory.Parked.Changes)),
    ];
}
