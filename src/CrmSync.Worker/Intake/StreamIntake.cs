using CrmSync.Adapters;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Intake;

/// <summary>
/// Listens where a CRM tells its changes over a call that stays open. Hints and the position behind them are stored in one
/// transaction. Whatever happens to a stream, polling goes on beside it: a stream that fails closes no connection.
/// </summary>
internal sealed partial class StreamIntake(IInbox inbox, ConnectionMemory memory, TimeProvider clock, ILogger<StreamIntake> log)
{
    private static readonly TimeSpan NotYet = TimeSpan.FromSeconds(5);

    /// <summary>Names the cursor of a channel: positions of polls have the names of their streams.</summary>
    public static string CursorOf(string channel) => $"listen:{channel}";

    /// <summary>Listens until cancelled; ends at once where there is nothing to listen to.</summary>
    public Task RunAsync(ConnectedCrm connection, CancellationToken cancellationToken) => connection.Adapter.Stream is { } stream
        ? Task.WhenAll(stream.Channels.Select(channel => KeepListeningAsync(connection, stream, channel, cancellationToken)))
        : Task.CompletedTask;

    private async Task KeepListeningAsync(ConnectedCrm connection, ICrmStream stream, string channel, CancellationToken cancellationToken)
    {
        var failures = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            // An account that was not looked at could be the wrong one.
            if (!connection.Gate.MayRead)
            {
                await Task.Delay(NotYet, clock, cancellationToken);
                continue;
            }
            var ended = await ListenAsync(connection, stream, channel, () => failures = 0, cancellationToken);
            var now = clock.GetUtcNow();
            var soon = now.AddSeconds(1);
            var until = FailurePolicy.RetryAt(ended, ++failures, now) is var wanted && wanted > soon ? wanted : soon;
            connection.Streams[channel] = new(connection.Streams.GetValueOrDefault(channel)?.HeardAt, ended.Message, until);
            // One break is nothing: it is what a line does that stays open for days.
            if (failures > 1 || FailurePolicy.NeedsAttention(ended.Failure))
                LogLine.Broken(log, connection.Name, channel, ended.Failure, ended.Message, ended.Repair, until);
            await Task.Delay(until - now, clock, cancellationToken);
        }
    }

    /// <summary>Answers why it ended.</summary>
    private async Task<CrmException> ListenAsync(ConnectedCrm connection, ICrmStream stream, string channel, Action heard, CancellationToken cancellationToken)
    {
        try
        {
            var position = await PositionAsync(connection, channel, cancellationToken);
            await foreach (var batch in stream.ReadAsync(channel, position, cancellationToken))
            {
                if (batch.IsCallTaken)
                {
                    // Well again; but a call that is taken and broken off each time is still waited for longer and longer.
                    connection.Streams[channel] = new(connection.Streams.GetValueOrDefault(channel)?.HeardAt);
                    continue;
                }
                await StoreAsync(connection, channel, batch, cancellationToken);
                connection.Streams[channel] = new(clock.GetUtcNow());
                heard();
            }
            return new(CrmFailure.Transient, "The stream ended.");
        }
        catch (CrmException failure)
        {
            return failure;
        }
        catch (StoreException failure)
        {
            return new(CrmFailure.Transient, $"What was heard could not be stored: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            LogLine.Failed(log, failure, connection.Name);
            return new(CrmFailure.Transient, "Listening failed.", failure);
        }
    }

    private async Task StoreAsync(ConnectedCrm connection, string channel, StreamBatch batch, CancellationToken cancellationToken)
    {
        var (now, leads) = (clock.GetUtcNow(), connection.Adapter.Streams[0]);
        // Before the position moves over the gap: a stop in between asks twice, never not at all.
        if (batch.HasGap)
            await memory.RememberAsync(connection.Name, ConnectionMemory.SweepAsked, now, cancellationToken);
        List<InboxEntry> entries = [.. batch.Hints.Select(h => new InboxEntry(h.Delivery, h.Stream == leads ? h.RecordId : RecordHint.Of(h.Stream, h.RecordId)))];
        var position = batch.Position is { } place ? Convert.ToBase64String(place.Span) : null;
        if (await inbox.AdvanceAsync(connection.Name, CursorOf(channel), entries, position, now, cancellationToken) > 0)
            connection.Bell.Ring();
    }

    /// <summary>Null before the first; one that cannot be read stands for changes that were missed.</summary>
    private async Task<ReadOnlyMemory<byte>?> PositionAsync(ConnectedCrm connection, string channel, CancellationToken cancellationToken)
    {
        if (await inbox.PositionAsync(connection.Name, CursorOf(channel), cancellationToken) is not { } text)
            return null;
        var place = new byte[text.Length];
        if (Convert.TryFromBase64String(text, place, out var length))
            return place.AsMemory(0, length);
        await memory.RememberAsync(connection.Name, ConnectionMemory.SweepAsked, clock.GetUtcNow(), cancellationToken);
        return null;
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Warning,
            Message = "{Connection} is not listened to at {Channel} until {RetryAt:O} ({Failure}), and changes are found by polling: {Problem} {Repair}")]
        public static partial void Broken(ILogger logger, string connection, string channel, CrmFailure failure, string problem, string? repair, DateTimeOffset retryAt);

        [LoggerMessage(Level = LogLevel.Error, Message = "Listening to {Connection} failed; it begins again. Please report this.")]
        public static partial void Failed(ILogger logger, Exception failure, string connection);
    }
}
