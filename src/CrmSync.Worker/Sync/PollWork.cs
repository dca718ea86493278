using CrmSync.Adapters;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Asks a CRM what changed and puts it into the inbox; the cursor moves in the same transaction. Finds every change by
/// itself, with or without webhooks.
/// </summary>
internal sealed partial class PollWork(ConnectedCrm connection, ConnectionMemory memory, ISyncStore store, TimeProvider clock, ILogger<PollWork> log) : IRecurringWork
{
    /// <summary>Above this many waiting entries a poll rests: the cursor keeps the place.</summary>
    private const int Enough = 20_000;

    private readonly HashSet<string> _refused = [];
    private DateTimeOffset _restsUntil;
    private DateTimeOffset? _polledAt;
    private bool _isResting;

    public string Name => $"poll {connection.Name}";
    public TimeSpan Every => connection.PollInterval;

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!connection.Gate.IsOpen(now) || !connection.Gate.MayRead || now < _restsUntil)
            return;
        try
        {
            if (_polledAt is { } last && now - last < connection.Adapter.PollPace)
                return;
            var sawAll = true;
            foreach (var stream in connection.Adapter.Streams)
                sawAll &= await TryPollAsync(stream, cancellationToken);
            if (sawAll)
                await memory.RememberAsync(connection.Name, ConnectionMemory.PolledAt, now, cancellationToken);
            (_polledAt, _isResting) = (sawAll ? now : null, false);
            connection.Gate.Succeeded();
        }
        catch (CrmException rest) when (rest.IsOwnRest)
        {
            _restsUntil = rest.RetryAt ?? now + Every;
            LogLine.PollRests(log, _isResting ? LogLevel.Information : LogLevel.Warning, connection.Name, rest.Message, _restsUntil);
            _isResting = true;
        }
        catch (CrmException failure)
        {
            var until = connection.Gate.Failed(failure, clock.GetUtcNow(), out var isNews);
            LogLine.PollFailed(log, isNews ? LogLevel.Warning : LogLevel.Information, connection.Name, failure.Failure, failure.Message, until);
        }
    }

    /// <summary>Companies or deals that we may not read are left out; they stop nothing else.</summary>
    private async Task<bool> TryPollAsync(string stream, CancellationToken cancellationToken)
    {
        var isLeads = stream == connection.Adapter.Streams[0];
        try
        {
            return await PollAsync(stream, isLeads, cancellationToken);
        }
        catch (CrmException refused) when (!isLeads && refused.Failure == CrmFailure.Refused)
        {
            if (_refused.Add(stream))
                LogLine.StreamRefused(log, connection.Name, stream, refused.Message, refused.Repair);
            return true;
        }
    }

    /// <summary>False when what waits is so much that the poll was cut short.</summary>
    private async Task<bool> PollAsync(string stream, bool isLeads, CancellationToken cancellationToken)
    {
        var position = await store.PositionAsync(connection.Name, stream, cancellationToken);
        if (position is null)
        {
            // The sweep takes what is older than the first poll.
            await store.AdvanceAsync(connection.Name, stream, [], connection.Adapter.PositionAt(clock.GetUtcNow()), clock.GetUtcNow(), cancellationToken);
            return true;
        }
        ChangePage page;
        do
        {
            if (await store.PendingAsync(connection.Name, cancellationToken) > Enough)
                return false;
            var now = clock.GetUtcNow();
            page = await connection.Adapter.PollAsync(stream, position, now, cancellationToken);
            var entries = page.Records.Select(r => new InboxEntry(r.Delivery, isLeads ? r.Id : RecordHint.Of(stream, r.Id))).ToList();
            var added = await store.AdvanceAsync(connection.Name, stream, entries, page.Position, now, cancellationToken);
            position = page.Position;
            if (added > 0)
                connection.Bell.Ring();
        }
        while (page.More);
        return true;
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Connection} may not read {Stream}, so changes there are not noticed: {Problem} {Repair}")]
        public static partial void StreamRefused(ILogger logger, string connection, string stream, string problem, string? repair);

        [LoggerMessage(Message = "Polls of {Connection} rest until {RetryAt:O}: {Problem} Webhooks go on, and decisions.")]
        public static partial void PollRests(ILogger logger, LogLevel level, string connection, string problem, DateTimeOffset retryAt);

        [LoggerMessage(Message = "Polling {Connection} failed ({Failure}): {Problem} Next try at {RetryAt:O}.")]
        public static partial void PollFailed(ILogger logger, LogLevel level, string connection, CrmFailure failure, string problem, DateTimeOffset retryAt);
    }
}
