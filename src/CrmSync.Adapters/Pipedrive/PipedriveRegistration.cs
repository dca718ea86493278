using System.Collections.Concurrent;
using CrmSync.Adapters.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Adapters.Pipedrive;

public static class PipedriveRegistration
{
    /// <summary>
    /// Makes <c>Crm: pipedrive</c> available. Needs <see cref="IGrantStore"/>, <see cref="IQuotaLedger"/> and a
    /// <see cref="TimeProvider"/>; uses a <see cref="CrmHandlerWrap"/> and logging if there are any.
    /// </summary>
    public static IServiceCollection AddPipedrive(this IServiceCollection services) =>
        services.AddSingleton<ICrmProvider>(provider => new PipedriveProvider(
            provider.GetRequiredService<IGrantStore>(),
            provider.GetRequiredService<IQuotaLedger>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            provider.GetService<CrmHandlerWrap>()));
}

internal sealed class PipedriveProvider(
    IGrantStore grants, IQuotaLedger ledger, TimeProvider time, ILoggerFactory logs, CrmHandlerWrap? wrap) : ICrmProvider
{
    private readonly ConcurrentDictionary<string, PipedriveShelf> _shelves = new();

    public string Crm => "pipedrive";

    public IReadOnlyList<CrmProblem> Validate(CrmConnection connection) => PipedriveOptions.Validate(connection);

    public ICrmAdapter CreateAdapter(CrmConnection connection)
    {
        var options = new PipedriveOptions(connection);
        var shelf = ShelfOf(connection);
        var client = new PipedriveClient(connection, options, new CrmHttp(time, wrap), grants, ledger, shelf.Clock, time);
        return new PipedriveAdapter(connection, options, client, shelf, time, logs.CreateLogger<PipedriveAdapter>());
    }

    public IReadOnlyList<string> NeededScopes(CrmConnection connection) => PipedriveAuthorization.Needed(connection);

    public ICrmAuthorization? CreateAuthorization(CrmConnection connection) =>
        new PipedriveOptions(connection) is { IsOAuth: true } options ? new PipedriveAuthorization(connection, options, new CrmHttp(time, wrap), time) : null;

    public ICrmWebhook? CreateWebhook(CrmConnection connection) => new PipedriveWebhook(connection, ShelfOf(connection));

    private PipedriveShelf ShelfOf(CrmConnection connection) => _shelves.GetOrAdd(connection.Name, _ => new(time));
}
