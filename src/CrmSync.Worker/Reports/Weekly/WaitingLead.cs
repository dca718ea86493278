using CrmSync.Adapters;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Reports.Weekly;

/// <summary>An offer that somebody owes an answer to.</summary>
internal sealed record WaitingLead(string Connection, string LeadId, string? OwnerId, DateTimeOffset? DueAt, Uri? Link)
{
    /// <param name="adapters">Know where a record is shown; of a connection without one there is no link.</param>
    public static async Task<IReadOnlyList<WaitingLead>> ReadAsync(
        IOfferBook book, IEnumerable<string> connections, IReadOnlyDictionary<string, ICrmAdapter> adapters, CancellationToken cancellationToken)
    {
        var waiting = new List<WaitingLead>();
        foreach (var connection in connections)
            waiting.AddRange((await book.LeadsAsync(connection, LeadFilter.Offered, cancellationToken)).Select(lead => new WaitingLead(
                connection, lead.LeadId, lead.Episode?.OwnerId ?? lead.Memory.OwnerId, lead.Episode?.DueAt, adapters.GetValueOrDefault(connection)?.LinkTo(lead.LeadId))));
        return waiting;
    }
}
