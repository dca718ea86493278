using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Every lead in the order in which they were made, then the deals that leads became, then the leads that were put aside. What the pages
/// show is kept for the reading that follows; before them all activities are walked through, since a list for each lead would cost as much
/// as writing it, and again in the midst of a sweep that lasts for days or that another process began.
/// </summary>
internal sealed class PipedriveSweep(PipedriveClient client, PipedriveOptions options, PipedriveShelf shelf, PipedriveTies ties, PipedriveConversions conversions, TimeProvider time)
{
    private const string Archived = "leads/archived";
    private readonly string _process = Guid.NewGuid().ToString("N");

    /// <summary>A walk is old after so long, hours before what it told is: <see cref="PipedriveActBook"/>.</summary>
    private static readonly TimeSpan WalkLasts = TimeSpan.FromHours(20);
    private long? _walkedAt;

    /// <summary>The last walk came to nothing, and would again.</summary>
    private bool _isVain;

    public async Task<SweepPage> ReadAsync(string? position, CancellationToken cancellationToken)
    {
        var place = Read(position);
        if (place.List == PipedriveStreams.Activities)
            return new([], Write(await WalkAsync(place, cancellationToken).ConfigureAwait(false)));
        if (place.List == PipedriveStreams.Deals)
            return await DealsAsync(place, cancellationToken).ConfigureAwait(false);
        var page = await client.Api.LeadsAsync(client.Paths.V1, place.List, null, "add_time", null, null, place.Start, options.PageSize, cancellationToken).ConfigureAwait(false);
        var rows = PipedriveClient.Records(page);
        var isLiving = place.List == PipedriveStreams.Leads;
        // What an archived lead is like its row says: alone it would be asked for each day.
        rows.FindAll(r => isLiving || r["is_archived"] == "true").ForEach(shelf.Rows.Put);
        if (isLiving)
            rows.ForEach(Saw);
        var hasMore = PipedriveLists.HasMore(page, options.PageSize) && page.Data is { Count: > 0 };
        if (!hasMore && isLiving && place.Process == _process)
            ties.SawAll();
        return new([.. rows.Select(r => r.Id!)], hasMore ? Write(place with { Start = PipedriveLists.Behind(place.Start, page.Data!.Count) }) : isLiving ? Write(Behind(place)) : null);
    }

    private void Saw(PipedriveRecord lead)
    {
        ties.Saw(lead);
        conversions.SawLead(lead);
    }

    /// <summary>Deals only where their changes are told as well: who stands among them is not looked at.</summary>
    private Spot Behind(Spot leads) => leads with { List = options.Streams.Contains(PipedriveStreams.Deals) ? PipedriveStreams.Deals : Archived, Start = 0 };

    /// <summary>
    /// One page of the deals that are there: it costs as much as looks at two leads that became deals. What their persons are like
    /// now is not read for it; the hand-over of a deal goes on by its own changes, its activities and the clock.
    /// </summary>
    private async Task<SweepPage> DealsAsync(Spot place, CancellationToken cancellationToken)
    {
        var archived = new Spot(Archived, 0, place.Process);
        try
        {
            var query = new PipedriveQuery { Status = PipedriveConversions.Standing, IncludeFields = PipedriveConversions.Source, Limit = options.PageSize, Cursor = place.Cursor };
            var page = await client.Api.ListAsync(PipedrivePaths.V2, PipedriveStreams.Deals, query, cancellationToken).ConfigureAwait(false);
            var rows = PipedriveClient.Records(page);
            rows.ForEach(conversions.Saw);
            var next = page.AdditionalData?.NextCursor is { } cursor && cursor != place.Cursor ? place with { Cursor = cursor } : archived;
            return new([], Write(next)) { Standing = [.. rows.Where(r => r[PipedriveConversions.Source] is not null).Select(r => r.Id!)] };
        }
        catch (CrmException e) when (e.Failure == CrmFailure.Refused || PipedriveErrors.IsOfRows(e))
        {
            return new([], Write(archived));
        }
    }

    /// <summary>One page of all activities. Whoever may not see them, or has too many, has them listed lead by lead.</summary>
    private async Task<Spot> WalkAsync(Spot place, CancellationToken cancellationToken)
    {
        if (place.Cursor is null)
            shelf.Acts.BeginWalk();
        try
        {
            var page = await client.Api.ListAsync(PipedrivePaths.V2, PipedriveStreams.Activities, new() { Cursor = place.Cursor }, cancellationToken).ConfigureAwait(false);
            if (!shelf.Acts.Walk(PipedriveClient.Records(page)))
                return Behind(place, isVain: true);
            if (page.AdditionalData?.NextCursor is { } cursor && cursor != place.Cursor)
                return place with { Cursor = cursor };
            shelf.Acts.EndWalk(isWhole: true);
            return Behind(place, isVain: false);
        }
        catch (CrmException e) when (e.Failure == CrmFailure.Refused)
        {
            shelf.Acts.EndWalk(isWhole: false);
            return Behind(place, isVain: true);
        }
    }

    private Spot Behind(Spot walk, bool isVain)
    {
        (_walkedAt, _isVain) = (time.GetTimestamp(), isVain);
        return walk.Then ?? new Spot(PipedriveStreams.Leads, 0, _process);
    }

    private Spot Read(string? position)
    {
        var start = new Spot(options.ReadsActivities ? PipedriveStreams.Activities : PipedriveStreams.Leads, 0, _process);
        try
        {
            var place = position is null ? null : JsonSerializer.Deserialize<Spot>(position, CrmJson.Options);
            // In the midst of the walk before a restart: what this process has seen is not all of the activities.
            return place switch
            {
                { List: PipedriveStreams.Activities } when place.Process == _process => place,
                { List: PipedriveStreams.Activities, Then: { List: PipedriveStreams.Leads } then } => Walked(then, start),
                { List: PipedriveStreams.Leads } => Walked(place, start),
                { List: PipedriveStreams.Deals or Archived } => place with { Start = Math.Max(0, place.Start) },
                _ => start,
            };
        }
        catch (JsonException)
        {
            return start; // garbage: from the start, which only costs time
        }
    }

    /// <summary>A place among the leads: what hangs on them must have been walked through by this process, and not too long ago.</summary>
    private Spot Walked(Spot leads, Spot start)
    {
        var place = leads with { Start = Math.Max(0, leads.Start) };
        return start.List == PipedriveStreams.Leads || _isVain || (_walkedAt is { } walked && time.GetElapsedTime(walked) < WalkLasts) ? place : start with { Then = place };
    }

    private static string Write(Spot place) => JsonSerializer.Serialize(place, CrmJson.Options);

    /// <summary>A page of a list, and which process began there: what it did not see itself it does not know whole.</summary>
    /// <param name="Then">Where a walk that came between goes back to.</param>
    private sealed record Spot(string List, int Start, string? Process = null, string? Cursor = null, Spot? Then = null);
}
