using System.Globalization;
using CrmSync.Adapters.Polling;
using Microsoft.Extensions.Logging;

namespace CrmSync.Adapters.HubSpot;

/// <summary>
/// Changes by search. Search sorts by one property only, so the order (modified, id) is made of two queries: by instant,
/// and by id inside an instant that fills a page. Each round looks back over the time the index may lag.
/// </summary>
internal sealed partial class HubSpotPolling(CrmConnection connection, HubSpotClient client, HubSpotOptions options, HubSpotActivityKeys keys, ILogger log)
{
    public static string PositionAt(DateTimeOffset since) => new PollPosition(Math.Max(0, since.ToUnixTimeMilliseconds())).Write();

    public async Task<ChangePage> PollAsync(string stream, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var position = PollPosition.Read(text, now) ?? Clamped(stream, now);
        var round = position.Round ?? PollRounds.Begin(position, now, options.Overlap);
        var narrowing = await HubSpotNarrowing.OfAsync(stream, keys, cancellationToken).ConfigureAwait(false);
        var answer = await client.Api.SearchAsync(client.Paths.Objects, stream, Query(stream, round, narrowing), cancellationToken).ConfigureAwait(false);
        var full = answer.Results?.Count >= options.PageSize || answer.Paging?.Next?.After is not null;
        var found = HubSpotClient.Records(answer.Results).ToList();
        var records = found.ConvertAll(r => new ChangedRow(r.Id!, ModifiedOf(stream, r)));
        var changes = found.Where(narrowing.Takes).Select(r => new ChangedRecord(r.Id!, $"{stream}:{r.Id}@{Iso(ModifiedOf(stream, r))}")).ToList();
        var (place, more) = Next(stream, round, records, full)
            .After(position, () => PollRounds.End(position, round, records.Max(r => r.Modified), now, options.Overlap));
        return new(changes, place, more);
    }

    private PollPosition Clamped(string stream, DateTimeOffset now)
    {
        LogLine.PositionClamped(log, connection.Name, stream);
        return new(now.ToUnixTimeMilliseconds());
    }

    private HubSpotSearch Query(string stream, PollRound round, HubSpotNarrowing narrowing)
    {
        var modified = HubSpotStreams.ModifiedProperty(stream);
        var key = round.Key.ToString(CultureInfo.InvariantCulture);
        HubSpotFilter[] filters = round.Id is null
            ? [new(modified, "GTE", key)]
            : [new(modified, "GTE", key), new(modified, "LTE", key), new("hs_object_id", "GT", round.Id)];
        return new([new([.. filters, .. narrowing.Filters])], [new(round.Id is null ? modified : "hs_object_id", "ASCENDING")],
            [modified, .. narrowing.Properties], options.PageSize);
    }

    /// <summary>Every step moves forward, or the round is stuck.</summary>
    private PollStep Next(string stream, PollRound round, List<ChangedRow> rows, bool full)
    {
        if (round.Id is not null)
        {
            if (!full)
                return PollStep.To(round with { Key = round.Key + 1, Id = null });
            var last = rows.Count > 0 ? rows[^1].Id : round.Id;
            return IsAfter(last, round.Id) ? PollStep.To(round with { Id = last }) : Stuck(stream);
        }
        if (!full)
            return PollStep.End;
        var furthest = rows.Max(r => r.Modified)?.ToUnixTimeMilliseconds();
        if (furthest > round.Key)
            return PollStep.To(round with { Key = furthest.Value });
        return furthest == round.Key ? PollStep.To(round with { Id = "0" }) : Stuck(stream);
    }

    private PollStep Stuck(string stream)
    {
        LogLine.PageRepeats(log, connection.Name, stream);
        return PollStep.Stuck;
    }

    private static DateTimeOffset? ModifiedOf(string stream, HubSpotObject record) =>
        HubSpotStreams.Instant(record[HubSpotStreams.ModifiedProperty(stream)] ?? record.UpdatedAt);

    private static string? Iso(DateTimeOffset? instant) => instant?.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static bool IsAfter(string id, string before) =>
        id.Length != before.Length ? id.Length > before.Length : string.CompareOrdinal(id, before) > 0;

    private readonly record struct ChangedRow(string Id, DateTimeOffset? Modified);

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Warning,
            Message = "The saved position of {Connection}/{Stream} is garbage or in the future: reading again from the overlap before now")]
        public static partial void PositionClamped(ILogger logger, string connection, string stream);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Search repeats a page of {Connection}/{Stream}: the round ends here and the next one begins again")]
        public static partial void PageRepeats(ILogger logger, string connection, string stream);
    }
}
