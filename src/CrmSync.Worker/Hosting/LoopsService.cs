using CrmSync.Worker.Connections;
using Microsoft.Extensions.Hosting;

namespace CrmSync.Worker.Hosting;

/// <summary>Runs one loop per connection, after everything that comes before their first turn.</summary>
internal sealed class LoopsService(IReadOnlyList<ConnectedCrm> connections, ConnectionLoop loop, RunStart start, Heartbeats hearts) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.RunAsync(stoppingToken);
        await Task.WhenAll(connections.Select(c => loop.RunAsync(c, hearts, stoppingToken)));
    }
}
