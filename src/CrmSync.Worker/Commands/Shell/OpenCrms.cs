using CrmSync.Adapters;
using CrmSync.Worker.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Worker.Commands.Shell;

/// <summary>The adapters of all connections for one command.</summary>
internal sealed class OpenCrms : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public OpenCrms(ServiceProvider services, WorkerSettings settings)
    {
        _services = services;
        var providers = services.GetServices<ICrmProvider>().ToDictionary(p => p.Crm, StringComparer.OrdinalIgnoreCase);
        Adapters = [.. settings.Connections.Select(c => (c, providers[c.Crm.Crm].CreateAdapter(c.Crm)))];
    }

    public IReadOnlyList<(ConnectionSettings Connection, ICrmAdapter Adapter)> Adapters { get; }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
