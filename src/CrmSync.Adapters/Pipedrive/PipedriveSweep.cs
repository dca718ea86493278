using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Every lead in the order in which they were made, then those that were put aside. What the pages show is kept for the reading that follows.</summary>
internal sealed class PipedriveSweep(PipedriveClient client, PipedriveOptions options, PipedriveShelf shelf, PipedriveTies ties)
{
    public async Task<SweepPage> ReadAsync(string? position, CancellationToken cancellationToken)
    {
        var place = Read(position);
        var list = place.Archived ? "leads/archived" : PipedriveStreams.Leads;
        var page = await client.Api.LeadsAsync(client.Paths.V1, list, null, "add_time", null, null, place.Start, options.PageSize, cancellationToken).ConfigureAwait(false);
        var rows = PipedriveClient.Records(page);
        if (!place.Archived)
        {
            rows.ForEach(shelf.Put);
            rows.ForEach(ties.Saw);
        }
        var hasMore = PipedriveLists.HasMore(page, options.PageSize) && page.Data is { Count: > 0 };
        if (!hasMore && place is { Archived: false, IsWhole: true })
            ties.SawAll();
        var next = hasMore ? place with { Start = place.Start + page.Data!.Count } : place.Archived ? null : new Spot(true, 0);
        return new([.. rows.Select(r => r.Id!)], next is null ? null : JsonSerializer.Serialize(next, CrmJson.Options));
    }

    private Spot Read(string? position)
    {
        try
        {
            // A place from before a restart: what this process has seen is not all of the leads.
            var place = position is null ? null : JsonSerializer.Deserialize<Spot>(position, CrmJson.Options);
            return place is null ? new(false, 0, _process) : place with { Start = Math.Max(0, place.Start), IsWhole = place.Process == _process };
        }
        catch (JsonException)
        {
            return new(false, 0, _process); // garbage: from the start, which only costs time
        }
    }

    private readonly string _process = Guid.NewGuid().ToString("N");

    private sealed record Spot(bool Archived, int Start, string? Process = null)
    {
        [System.Text.Json.Serialization.JsonIgnore]
        public bool IsWhole { get; init; } = true;
    }
}
