using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CrmSync.Adapters.Salesforce.PubSub;
using CrmSync.Adapters.Salesforce.PubSub.Wire;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Change Data Capture over the event bus. A session that ended is renewed once, a place that is kept no longer is left; both
/// without a word to the caller but for the gap.
/// </summary>
internal sealed partial class SalesforceStream : ICrmStream, IDisposable
{
    private readonly CrmConnection _connection;
    private readonly SalesforceClient _client;
    private readonly SalesforceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly EventBus _bus;
    private readonly ConcurrentDictionary<string, AvroType> _schemas = new(StringComparer.Ordinal);

    public SalesforceStream(CrmConnection connection, SalesforceClient client, SalesforceOptions options, Uri address, TimeProvider time, ILogger log)
    {
        (_connection, _client, _options, _time, _log) = (connection, client, options, time, log);
        _bus = new(address);
    }

    public IReadOnlyList<string> Channels => _options.Channels;

    public async IAsyncEnumerable<StreamBatch> ReadAsync(
        string channel, ReadOnlyMemory<byte>? position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (place, mayRenew) = (position, true);
        while (true)
        {
            var session = await _client.Tokens.GetAsync(cancellationToken).ConfigureAwait(false);
            var pass = await PassAsync(session, cancellationToken).ConfigureAwait(false);
            using var call = await _bus.OpenAsync(pass, channel, place, cancellationToken).ConfigureAwait(false);
            if (await call.IsTakenAsync(cancellationToken).ConfigureAwait(false))
                yield return StreamBatch.CallTaken;
            BusFault? fault;
            while (true)
            {
                (var heard, fault) = await HearAsync(call, pass, place, cancellationToken).ConfigureAwait(false);
                if (heard is null)
                    break;
                (place, mayRenew) = (heard.Value.Batch.Position, true);
                yield return heard.Value.Batch;
                await call.TopUpAsync(heard.Value.Answer, cancellationToken).ConfigureAwait(false);
            }
            if (fault.Kind == BusFaultKind.Place && place is not null)
            {
                LogLine.PlaceLost(_log, _connection.Name, channel);
                place = null;
                yield return new([], null, HasGap: true);
            }
            else if (fault.Kind == BusFaultKind.Session && mayRenew && await _client.Tokens.RenewAsync(session, cancellationToken).ConfigureAwait(false) is not null)
            {
                mayRenew = false;
            }
            else
            {
                throw SalesforceStreamFailure.Of(fault, channel, _time.GetUtcNow());
            }
        }
    }

    public void Dispose() => _bus.Dispose();

    private async Task<BusPass> PassAsync(Secret session, CancellationToken cancellationToken) => new(
        session, _client.Session.Instance ?? _options.BaseUrl,
        await _client.OrgIdAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new CrmException(CrmFailure.Refused, "Salesforce does not say which org the credentials are for, which its event bus must be told."));

    /// <summary>The next answer as hints, or why there is none.</summary>
    private async Task<((StreamBatch Batch, FetchResponse Answer)? Heard, BusFault Fault)> HearAsync(
        EventCall call, BusPass pass, ReadOnlyMemory<byte>? place, CancellationToken cancellationToken)
    {
        try
        {
            if (await call.NextAsync(cancellationToken).ConfigureAwait(false) is not { } answer)
                return (null, new(BusFaultKind.Passing, "the call was ended"));
            return ((await BatchAsync(answer, pass, place, cancellationToken).ConfigureAwait(false), answer), default!);
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException e)
        {
            return (null, BusFault.Of(e));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (null, new(BusFaultKind.Passing, "nothing was heard"));
        }
    }

    private async Task<StreamBatch> BatchAsync(FetchResponse answer, BusPass pass, ReadOnlyMemory<byte>? before, CancellationToken cancellationToken)
    {
        var us = answer.Events.Count == 0 ? null : await _client.UserIdAsync(cancellationToken).ConfigureAwait(false);
        var (hints, hasGap) = (new List<WebhookHint>(answer.Events.Count), false);
        foreach (var item in answer.Events)
        {
            var header = await HeaderAsync(item.Event, pass, cancellationToken).ConfigureAwait(false);
            if (header is null || SalesforceHints.HidesChanges(header, _options))
                hasGap = true;
            else
                hints.AddRange(SalesforceHints.Of(header, _options, us));
        }
        // Events that were left out behind the last one move the place on, too.
        var place = !answer.LatestReplayId.IsEmpty ? answer.LatestReplayId : answer.Events.LastOrDefault()?.ReplayId;
        return new(hints, place?.ToByteArray() ?? before, hasGap);
    }

    /// <summary>Null for an event that cannot be understood: it hides a change that nobody knows of.</summary>
    private async Task<ChangeHeader?> HeaderAsync(ProducerEvent item, BusPass pass, CancellationToken cancellationToken)
    {
        try
        {
            if (!_schemas.TryGetValue(item.SchemaId, out var schema))
                schema = _schemas[item.SchemaId] = await _bus.SchemaAsync(pass, item.SchemaId, cancellationToken).ConfigureAwait(false);
            return ChangeHeader.Read(schema, item.Payload.Span);
        }
        catch (InvalidDataException)
        {
            LogLine.NotUnderstood(_log, _connection.Name);
            return null;
        }
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Warning,
            Message = "The saved place of {Connection}/{Channel} is kept no longer: what came meanwhile is found by a sweep, and what comes now is heard again")]
        public static partial void PlaceLost(ILogger logger, string connection, string channel);

        [LoggerMessage(Level = LogLevel.Warning, Message = "An event of {Connection} cannot be understood: a sweep finds what it was about")]
        public static partial void NotUnderstood(ILogger logger, string connection);
    }
}
