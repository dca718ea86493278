using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Hosting;

/// <summary>What comes before the first turn of any loop: is this the store of yesterday, and what did the last run leave open?</summary>
internal sealed partial class RunStart(
    IReadOnlyList<ConnectedCrm> connections, ISyncStore store, Restoration restoration, TimeProvider clock, ILogger<RunStart> log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await restoration.LookAtAnchorsAsync(clock.GetUtcNow(), cancellationToken);
        foreach (var connection in connections)
        {
            var suspected = await store.SuspectOpenIntentsAsync(connection.Name, clock.GetUtcNow() + connection.Adapter.SettleTime, cancellationToken);
            if (suspected > 0)
                LogLine.Suspected(log, connection.Name, suspected);
        }
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Connection}: {Count} effects of an earlier run are open; each is read before anything is sent again.")]
        public static partial void Suspected(ILogger logger, string connection, int count);
    }
}
