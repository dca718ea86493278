using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Hosting;

/// <summary>Runs one loop per connection, after every effect that an earlier run left open was put under suspicion.</summary>
internal sealed partial class LoopsService(
    IReadOnlyList<ConnectedCrm> connections, ConnectionLoop loop, ISyncStore store, TimeProvider clock, ILogger<LoopsService> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var connection in connections)
        {
            var suspected = await store.SuspectOpenIntentsAsync(connection.Name, clock.GetUtcNow() + connection.Adapter.SettleTime, stoppingToken);
            if (suspected > 0)
                Log.Suspected(log, connection.Name, suspected);
        }
        await Task.WhenAll(connections.Select(c => loop.RunAsync(c, stoppingToken)));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Connection}: {Count} effects of an earlier run are open; each is read before anything is sent again.")]
        public static partial void Suspected(ILogger logger, string connection, int count);
    }
}
