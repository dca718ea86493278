using CrmSync.Worker.Connections;
using CrmSync.Worker.Intake;
using Microsoft.Extensions.Hosting;

namespace CrmSync.Worker.Hosting;

/// <summary>Runs one loop per connection, and listens to those that tell of changes, after everything that comes before their first turn.</summary>
internal sealed class LoopsService(
    IReadOnlyList<ConnectedCrm> connections, ConnectionLoop loop, StreamIntake streams, RunStart start, Heartbeats hearts) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.RunAsync(stoppingToken);
        await Task.WhenAll(connections.SelectMany(c => new[] { loop.RunAsync(c, hearts, stoppingToken), streams.RunAsync(c, stoppingToken) }));
    }
}
