using CrmSync.Adapters;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;
using CrmSync.Worker.Telemetry;
using CrmSync.Worker.WriteBack;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Hosting;

/// <summary>The heart of one connection: look at what waits, carry out what was decided, settle what is unknown.</summary>
internal sealed partial class ConnectionLoop
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    /// <summary>So many full passes in a row may be read before what they decided is written, be it ever so little.</summary>
    private const int MostReadAhead = 5;
    private readonly LeadReconciler _reconciler;
    private readonly WriteBackPass _writeBack;
    private readonly UnknownPass _unknown;
    private readonly ActivityPass _activities;
    private readonly TimeProvider _clock;
    private readonly ILogger<ConnectionLoop> _log;

    internal ConnectionLoop(
        LeadReconciler reconciler, WriteBackPass writeBack, UnknownPass unknown, ActivityPass activities, TimeProvider clock, ILogger<ConnectionLoop> log)
    {
        (_reconciler, _writeBack, _unknown, _activities, _clock, _log) = (reconciler, writeBack, unknown, activities, clock, log);
    }

    /// <summary>Runs until cancelled: reads and writes side by side, woken by the connection's bell.</summary>
    public async Task RunAsync(ConnectedCrm connection, Heartbeats hearts, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            hearts.Beat(connection.Name);
            if (!await OnceAsync(connection, cancellationToken))
                await connection.Bell.WaitAsync(Idle, _clock, cancellationToken);
        }
    }

    /// <summary>One turn. Answers whether anything was done.</summary>
    public async Task<bool> OnceAsync(ConnectedCrm connection, CancellationToken cancellationToken)
    {
        if (!connection.Gate.IsOpen(_clock.GetUtcNow()) || !connection.Gate.MayRead)
            return false;
        using var span = Tracing.Start("pass");
        span?.SetTag("crmsync.connection", connection.Name);
        try
        {
            var done = await _reconciler.RunAsync(connection, cancellationToken);
            // While more waits to be looked at, effects are gathered: half a request costs as much of a quota as a whole one.
            connection.ReadAhead = done < connection.Adapter.BatchSize ? 0 : (connection.ReadAhead + 1) % MostReadAhead;
            if (connection.Gate.MayWrite)
                done += await _writeBack.RunAsync(connection, connection.ReadAhead > 0, cancellationToken);
            done += await _unknown.RunAsync(connection, cancellationToken);
            if (connection.Gate.MayWrite)
                done += await _activities.RunAsync(connection, connection.ReadAhead > 0, cancellationToken);
            if (done > 0)
                connection.Gate.Succeeded();
            else
                Tracing.Forget(span);
            span?.SetTag("crmsync.done", done);
            return done > 0;
        }
        catch (CrmException failure)
        {
            var until = connection.Gate.Failed(failure, _clock.GetUtcNow(), out var isNews);
            LogLine.Failed(_log, isNews ? LogLevel.Warning : LogLevel.Information, connection.Name, failure.Failure, failure.Message, failure.Repair, until);
            return false;
        }
        catch (StoreException failure)
        {
            // What was taken is taken again when its lease runs out; a store that is broken for good ends the process itself.
            LogLine.NotStored(_log, connection.Name, failure.Failure, failure.Message, failure.Repair);
            return false;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            // This turn failed, not the worker; the pause of an idle loop keeps it from turning in circles.
            LogLine.TurnFailed(_log, failure, connection.Name);
            return false;
        }
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A turn of {Connection} failed; the next one comes in seconds. Please report this.")]
        public static partial void TurnFailed(ILogger logger, Exception failure, string connection);

        [LoggerMessage(Level = LogLevel.Error, Message = "The work of {Connection} could not be stored ({Failure}): {Problem} {Repair}")]
        public static partial void NotStored(ILogger logger, string connection, StoreFailure failure, string problem, string repair);

        [LoggerMessage(Message = "{Connection} is left alone until {RetryAt:O} ({Failure}): {Problem} {Repair}")]
        public static partial void Failed(ILogger logger, LogLevel level, string connection, CrmFailure failure, string problem, string? repair, DateTimeOffset retryAt);
    }
}
