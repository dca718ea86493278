using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Leads.Handover;
using CrmSync.Leads.Rules;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Notify;

/// <summary>Finds the offers past their deadline, the oldest deadline first.</summary>
internal sealed class BreachReader(IOfferBook book)
{
    /// <param name="names">Whether people's names are read from the CRM; where that fails they are left out.</param>
    public async Task<IReadOnlyList<Breach>> ReadAsync(
        IReadOnlyList<ConnectedCrm> connections, SlaSettings sla, bool names, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var clock = new SlaClock(BusinessCalendar.Of(sla));
        var found = new List<Breach>();
        foreach (var connection in connections)
        {
            var breaches = (await book.LeadsAsync(connection.Name, LeadFilter.Offered, cancellationToken))
                .Where(lead => lead.Episode?.DueAt <= now && !lead.Memory.IsGone)
                .Select(lead => new Breach(
                    connection.Name, lead.LeadId, connection.Adapter.LinkTo(lead.LeadId), lead.Episode!.OwnerId ?? lead.Memory.OwnerId, lead.Episode.DueAt!.Value,
                    Math.Round((decimal)clock.Between(lead.Episode.DueAt.Value, now).TotalHours, 1)))
                .ToList();
            found.AddRange(names ? await NamedAsync(connection, breaches, cancellationToken) : breaches);
        }
        return [.. found.OrderBy(breach => breach.DueAt).ThenBy(breach => breach.LeadId, StringComparer.Ordinal)];
    }

    private static async Task<IEnumerable<Breach>> NamedAsync(ConnectedCrm connection, List<Breach> breaches, CancellationToken cancellationToken)
    {
        if (breaches.Count == 0)
            return breaches;
        try
        {
            var readings = await connection.Adapter.ReadAsync([.. breaches.Select(b => b.LeadId)], ReadDepth.Facts, FactCatalogue.BuiltIn, cancellationToken);
            return breaches.Zip(readings, (breach, reading) => reading.Lead?.Facts is { } facts
                ? breach with { Name = Text(facts[WellKnownFacts.PersonName]), Company = Text(facts[WellKnownFacts.CompanyName]) }
                : breach);
        }
        catch (CrmException)
        {
            return breaches;
        }
    }

    private static string? Text(FactValue value) => value.IsKnown ? value.Text : null;
}
