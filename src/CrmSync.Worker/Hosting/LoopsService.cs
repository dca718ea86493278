using CrmSync.Worker.Connections;
using Microsoft.Extensions.Hosting;

namespace CrmSync.Worker.Hosting;

/// <summary>Runs one loop per connection, after everything that comes before their first turn.</summary>
internal sealed class LoopsService(IReadOnlyList<ConnectedCrm> connections, ConnectionLoop loop, Beginning beginning) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await beginning.RunAsync(stoppingToken);
        await Task.WhenAll(connections.Select(c => loop.RunAsync(c, stoppingToken)));
    }
}
