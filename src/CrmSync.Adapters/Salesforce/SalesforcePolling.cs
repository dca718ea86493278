using CrmSync.Adapters.Polling;
using CrmSync.Adapters.Salesforce.Soql;
using Microsoft.Extensions.Logging;
using static CrmSync.Adapters.Salesforce.Soql.SoqlCondition;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Changes by (SystemModstamp, Id): a mass edit gives thousands of records one second. A stamp is set when the change is made
/// and seen when it commits, so a round stops short of now and looks back over what may have surfaced late. Deleted and merged
/// leads are among the changes.
/// </summary>
internal sealed partial class SalesforcePolling(CrmConnection connection, SalesforceClient client, SalesforceSchema schema, SalesforceOptions options, ILogger log)
{
    private const string Id = "Id";
    private const string Stamp = SalesforceStreams.Stamp;

    public static string PositionAt(DateTimeOffset since) => new PollPosition(Math.Max(0, since.ToUnixTimeMilliseconds())).Write();

    public Task<ChangePage> PollAsync(string stream, string text, DateTimeOffset now, CancellationToken cancellationToken) =>
        schema.ReadAsync(() => PageAsync(stream, text, now, cancellationToken));

    private async Task<ChangePage> PageAsync(string stream, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fields = await schema.FieldsAsync(SalesforceStreams.ObjectOf(stream), cancellationToken).ConfigureAwait(false);
        // Without the right to see it a stream is silent, and goes on from here once the right is given.
        if (fields.Count == 0 && stream != SalesforceStreams.Leads)
            return new([], text, false);
        var position = PollPosition.Read(text, now) ?? Clamped(stream, now);
        var round = position.Round ?? PollRounds.Begin(position, client.Clock.Slower(now) - options.Lag, options.Overlap);
        var echoes = stream is not (SalesforceStreams.Leads or SalesforceStreams.Contacts) ? []
            : SalesforceEcho.Fields(options.StageField, fields.ContainsKey);
        var us = echoes.Length == 0 ? null : await client.UserIdAsync(cancellationToken).ConfigureAwait(false);
        var query = Query(stream, round, echoes).ToString();
        var page = await client.Api.QueryAsync(client.Paths.Data, "queryAll", query, cancellationToken).ConfigureAwait(false);
        var rows = SalesforceQueries.Records(page).Where(r => r.Id is not null).ToList();
        var changes = rows.ConvertAll(r => new ChangedRecord(r.Id!, SalesforceEcho.Delivery(stream, r, options.StageField, us)));
        var latest = rows.Count > 0 ? SalesforceStreams.Instant(rows[^1][Stamp]) : null;
        var (place, more) = Next(stream, round, rows, latest, isFull: page.Done == false || page.Records!.Count >= options.PageSize)
            .After(position, () => PollRounds.End(position, round, latest, now, options.Overlap));
        return new(changes, place, more);
    }

    /// <summary>All up to the round's end that come after its place, in the order of the pair.</summary>
    private SoqlQuery Query(string stream, PollRound round, string[] echoes)
    {
        var key = SoqlLiteral.Of(DateTimeOffset.FromUnixTimeMilliseconds(round.Key));
        var from = round.Id is { } id ? Any(All(Equal(Stamp, key), After(Id, SoqlLiteral.Of(id))), After(Stamp, key)) : AtLeast(Stamp, key);
        var until = AtMost(Stamp, SoqlLiteral.Of(DateTimeOffset.FromUnixTimeMilliseconds(round.Began)));
        return SoqlQuery.Of(SalesforceStreams.ObjectOf(stream), [Id, Stamp, .. echoes]) with
        {
            Where = SalesforceStreams.OnlyOf(stream) is { } only ? All(from, until, only) : All(from, until),
            OrderBy = [Stamp, Id],
            Limit = options.PageSize,
        };
    }

    /// <summary>Every step moves forward, or the round is stuck.</summary>
    private PollStep Next(string stream, PollRound round, List<SalesforceRecord> rows, DateTimeOffset? latest, bool isFull)
    {
        if (!isFull)
            return PollStep.End;
        var next = latest is { } at ? round with { Key = at.ToUnixTimeMilliseconds(), Id = rows[^1].Id } : null;
        if (next is not null && (next.Key > round.Key || (next.Key == round.Key && !string.Equals(next.Id, round.Id, StringComparison.Ordinal))))
            return PollStep.To(next);
        LogLine.PageRepeats(log, connection.Name, stream);
        return PollStep.Stuck;
    }

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

        [LoggerMessage(Level = LogLevel.Warning, Message = "A query repeats a page of {Connection}/{Stream}: the round ends here and the next one begins again")]
        public static partial void PageRepeats(ILogger logger, string connection, string stream);
    }
}
