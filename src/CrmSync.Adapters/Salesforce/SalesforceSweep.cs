using System.Text.Json;
using CrmSync.Adapters.Http;
using CrmSync.Adapters.Salesforce.Soql;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Every lead by its id, which no change moves; then those in the recycle bin.</summary>
internal sealed class SalesforceSweep(SalesforceClient client, SalesforceOptions options)
{
    private const string Id = "Id";

    public async Task<SweepPage> ReadAsync(string? position, CancellationToken cancellationToken)
    {
        var place = Read(position);
        var page = await client.Api.QueryAsync(client.Paths.Data, Query(place).Kind, Query(place).ToString(), cancellationToken).ConfigureAwait(false);
        var ids = SalesforceQueries.Records(page).Select(r => r.Id).OfType<string>().ToList();
        var isFull = page.Done == false || ids.Count >= options.PageSize;
        if (isFull && (ids.Count == 0 || ids[^1] == place.After))
            throw new CrmException(CrmFailure.Transient, "Salesforce's list does not move on.");
        var next = isFull ? place with { After = ids[^1] } : place.Deleted ? null : new Spot(true, null);
        return new(ids, next is null ? null : JsonSerializer.Serialize(next, CrmJson.Options));
    }

    private SoqlQuery Query(Spot place)
    {
        var kind = SoqlCondition.Equal("IsDeleted", SoqlLiteral.Of(place.Deleted));
        return SoqlQuery.Of(SalesforceStreams.ObjectOf(SalesforceStreams.Leads), [Id]) with
        {
            WithDeleted = place.Deleted,
            Where = place.After is { } after ? SoqlCondition.All(kind, SoqlCondition.After(Id, SoqlLiteral.Of(after))) : kind,
            OrderBy = [Id],
            Limit = options.PageSize,
        };
    }

    private static Spot Read(string? position)
    {
        try
        {
            return position is null ? new(false, null) : JsonSerializer.Deserialize<Spot>(position, CrmJson.Options) ?? new(false, null);
        }
        catch (JsonException)
        {
            return new(false, null); // garbage: from the start, which only costs time
        }
    }

    private sealed record Spot(bool Deleted, string? After);
}
