using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.HubSpot;

/// <summary>Every contact by the list endpoint, which knows neither the index lag nor the cap of search; then the archived ones.</summary>
internal sealed class HubSpotSweep(HubSpotClient client)
{
    private const int PageSize = 100;

    public async Task<SweepPage> ReadAsync(string? position, CancellationToken cancellationToken)
    {
        var place = Read(position);
        var page = await client.Api.ListAsync(
            client.Paths.Objects, HubSpotStreams.Contacts, PageSize, place.After, "hs_object_id", place.Archived ? "true" : "false", cancellationToken)
            .ConfigureAwait(false);
        var ids = HubSpotClient.Records(page.Results).Select(r => r.Id!).ToList();
        var after = page.Paging?.Next?.After;
        if (after is not null && after == place.After)
            throw new CrmException(CrmFailure.Transient, "HubSpot's list points to itself.");
        var next = after is not null ? place with { After = after } : place.Archived ? null : new SweepPlace(true, null);
        return new(ids, next is null ? null : JsonSerializer.Serialize(next, CrmJson.Options));
    }

    private static SweepPlace Read(string? position)
    {
        try
        {
            return position is null ? new(false, null) : JsonSerializer.Deserialize<SweepPlace>(position, CrmJson.Options) ?? new(false, null);
        }
        catch (JsonException)
        {
            return new(false, null); // garbage: from the start, which only costs time
        }
    }

    private sealed record SweepPlace(bool Archived, string? After);
}
