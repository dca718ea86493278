using CrmSync.Adapters;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Worker.Commands.Shell;

/// <summary>The adapters of all connections for one command.</summary>
internal sealed class OpenCrms : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Dictionary<string, ICrmProvider> _providers;

    public OpenCrms(ServiceProvider services, WorkerSettings settings)
    {
        _services = services;
        _providers = services.GetServices<ICrmProvider>().ToDictionary(p => p.Crm, StringComparer.OrdinalIgnoreCase);
        // A grant that is spent here is followed by the next in the store, where the worker has to find it.
        if (settings.Connections.Any(c => ProviderOf(c).CreateAuthorization(c.Crm) is not null))
            DataDirectory.RequireOwn(settings.DataDirectory);
        Adapters = [.. settings.Connections.Select(c => (c, ProviderOf(c).CreateAdapter(c.Crm)))];
        Grants = services.GetRequiredService<IGrantStore>();
    }

    /// <summary>The grants that the connections work with.</summary>
    public IGrantStore Grants { get; }

    public IReadOnlyList<(ConnectionSettings Connection, ICrmAdapter Adapter)> Adapters { get; }

    public ICrmProvider ProviderOf(ConnectionSettings connection) => _providers[connection.Crm.Crm];

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
