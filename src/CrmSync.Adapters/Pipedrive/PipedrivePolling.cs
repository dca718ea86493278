using System.Globalization;
using CrmSync.Adapters.Polling;
using Microsoft.Extensions.Logging;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>
/// Changes by the whole second from which a list is asked. A round goes on from the latest change of a full page; while more records
/// share a second than fit a page it goes on by the place in the list.
/// </summary>
internal sealed partial class PipedrivePolling(CrmConnection connection, PipedriveClient client, PipedriveOptions options, PipedriveShelf shelf, PipedriveConversions conversions, PipedriveTies ties, ILogger log)
{
    private const string Stamp = "update_time";

    public static string PositionAt(DateTimeOffset since) => new PollPosition(Math.Max(0, since.ToUnixTimeMilliseconds())).Write();

    public async Task<ChangePage> PollAsync(string stream, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var position = PollPosition.Read(text, now) ?? Clamped(stream, now);
        if (stream == PipedriveStreams.Archived && position.Round is null && now - DateTimeOffset.FromUnixTimeMilliseconds(position.Seen) < options.ArchivedEvery)
            return new([], text, false); // dear, and seldom needed: an event tells of it as well
        now = shelf.Clock.Slower(now);
        var round = position.Round ?? PollRounds.Begin(position, now, options.Overlap);
        if (await AskAsync(stream, round, cancellationToken).ConfigureAwait(false) is not { } page)
            return new([], new PollPosition(position.Seen).Write(), false); // at the next poll: at once it might be refused again, and again
        var rows = PipedriveClient.Records(page);
        rows.ForEach(r => Saw(stream, r));
        var since = DateTimeOffset.FromUnixTimeMilliseconds(round.Key / 1000 * 1000);
        var news = stream == PipedriveStreams.Archived ? rows.FindAll(r => Instant(r) >= since) : rows;
        news = news.FindAll(r => !IsOurs(stream, r));
        news.ForEach(r => shelf.Ears.Saw(Instant(r)));
        var changes = news.ConvertAll(r => new ChangedRecord(r.Id!, $"{stream}:{r.Id}@{r[Stamp]}"));
        var latest = rows.Max(Instant);
        var (where, more) = Next(stream, round, page, rows, news.Count)
            .After(position, () => stream == PipedriveStreams.Archived ? round.Began : PollRounds.End(position, round, latest, now, options.Overlap));
        return new(changes, where, more);
    }

    /// <summary>Null where the place in the midst of a round means nothing any more: how long one does nobody promises. The round begins anew.</summary>
    private async Task<PipedrivePage?> AskAsync(string stream, PollRound round, CancellationToken cancellationToken)
    {
        try
        {
            return await PageAsync(stream, round, cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e) when (round.Id is not null && PipedriveErrors.IsOfRows(e))
        {
            LogLine.PlaceRefused(log, connection.Name, stream);
            return null;
        }
    }

    private Task<PipedrivePage> PageAsync(string stream, PollRound round, CancellationToken cancellationToken)
    {
        var since = PipedriveStreams.Text(DateTimeOffset.FromUnixTimeMilliseconds(round.Key));
        var start = int.TryParse(round.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : 0;
        return stream switch
        {
            PipedriveStreams.Leads => client.Api.LeadsAsync(client.Paths.V1, stream, since, options.LeadSort, null, null, start, options.PageSize, cancellationToken),
            PipedriveStreams.Archived => client.Api.LeadsAsync(client.Paths.V1, "leads/archived", null, $"{Stamp} DESC", null, null, start, options.PageSize, cancellationToken),
            _ => client.Api.ListAsync(PipedrivePaths.V2, stream, new()
            {
                UpdatedSince = since,
                SortBy = Stamp,
                SortDirection = "asc",
                Status = stream == PipedriveStreams.Deals ? PipedriveStreams.AllStatuses : null,
                IncludeFields = stream == PipedriveStreams.Deals ? PipedriveConversions.Source : null,
                Limit = options.PageSize,
                Cursor = round.Id,
            }, cancellationToken),
        };
    }

    /// <summary>Every step moves forward, or the round is stuck.</summary>
    private PollStep Next(string stream, PollRound round, PipedrivePage page, List<PipedriveRecord> rows, int news)
    {
        if (stream is not (PipedriveStreams.Leads or PipedriveStreams.Archived))
            return page.AdditionalData?.NextCursor is not { } cursor ? PollStep.End : cursor != round.Id ? PollStep.To(round with { Id = cursor }) : Stuck(stream);
        var start = int.TryParse(round.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : 0;
        if (IsOfAnother(stream, round, page, rows, start))
            return Stuck(stream);
        if (!PipedriveLists.HasMore(page, options.PageSize) || page.Data is not { Count: > 0 and var count })
            return PollStep.End;
        if (stream == PipedriveStreams.Archived)
            return news == rows.Count || !IsSorted(rows, -1) ? PollStep.To(round with { Id = PlaceOf(start + count) }) : PollStep.End;
        // By the instant, since places shift when records change meanwhile; only an order that is kept allows it.
        var last = IsSorted(rows, 1) && Instant(rows[^1]) is { } at ? at.ToUnixTimeSeconds() * 1000 : 0;
        return PollStep.To(last > round.Key ? round with { Key = last, Id = null } : round with { Id = PlaceOf(start + count) });
    }

    /// <summary>The answer to an earlier request: to go on behind it by number of rows would pass over as many.</summary>
    private static bool IsOfAnother(string stream, PollRound round, PipedrivePage page, List<PipedriveRecord> rows, int start) =>
        (PipedriveLists.StartOf(page) is { } told && told != start)
        || (stream == PipedriveStreams.Leads && rows.Min(Instant)?.ToUnixTimeSeconds() < round.Key / 1000);

    private PollStep Stuck(string stream)
    {
        LogLine.PageRepeats(log, connection.Name, stream);
        return PollStep.Stuck;
    }

    private void Saw(string stream, PipedriveRecord record)
    {
        if (stream == PipedriveStreams.Leads)
        {
            shelf.Rows.Put(record);
            ties.Saw(record);
            conversions.SawLead(record);
        }
        else if (stream == PipedriveStreams.Deals)
        {
            conversions.Saw(record);
        }
        else if (stream == PipedriveStreams.Activities)
        {
            shelf.Acts.Saw(record);
        }
    }

    /// <summary>A task that we made is no reason to look. What we changed is: it may hide what somebody else did before.</summary>
    private bool IsOurs(string stream, PipedriveRecord record) => stream == PipedriveStreams.Activities && shelf.IsOurNewAct(record.Id!, record[Stamp], record["done"]);

    private static bool IsSorted(List<PipedriveRecord> rows, int direction) =>
        rows.Zip(rows.Skip(1)).All(p => Nullable.Compare(Instant(p.First), Instant(p.Second)) * direction <= 0);

    private static DateTimeOffset? Instant(PipedriveRecord record) => PipedriveStreams.Instant(record[Stamp]);

    private static string PlaceOf(int start) => start.ToString(CultureInfo.InvariantCulture);

    private PollPosition Clamped(string stream, DateTimeOffset now)
    {
        LogLine.PositionClamped(log, connection.Name, stream);
        return new(now.ToUnixTimeMilliseconds());
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Warning,
            Message = "The saved position of {Connection}/{Stream} is garbage or in the future: reading again from the overlap before now")]
        public static partial void PositionClamped(ILogger logger, string connection, string stream);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Pipedrive refuses the place at which a round of {Connection}/{Stream} was to go on: the round begins again")]
        public static partial void PlaceRefused(ILogger logger, string connection, string stream);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A list repeats a page of {Connection}/{Stream}: the round ends here and the next one begins again")]
        public static partial void PageRepeats(ILogger logger, string connection, string stream);
    }
}
