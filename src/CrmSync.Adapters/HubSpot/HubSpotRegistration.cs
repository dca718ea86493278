using CrmSync.Adapters.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Adapters.HubSpot;

public static class HubSpotRegistration
{
    /// <summary>
    /// Makes <c>Crm: hubspot</c> available. Needs <see cref="IGrantStore"/>, <see cref="IQuotaLedger"/> and a
    /// <see cref="TimeProvider"/>; uses a <see cref="CrmHandlerWrap"/> and logging if there are any.
    /// </summary>
    public static IServiceCollection AddHubSpot(this IServiceCollection services) =>
        services.AddSingleton<ICrmProvider>(provider => new HubSpotProvider(
            provider.GetRequiredService<IGrantStore>(),
            provider.GetRequiredService<IQuotaLedger>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            provider.GetService<CrmHandlerWrap>()));
}

internal sealed class HubSpotProvider(
    IGrantStore grants, IQuotaLedger ledger, TimeProvider time, ILoggerFactory logs, CrmHandlerWrap? wrap) : ICrmProvider
{
    public string Crm => "hubspot";

    public IReadOnlyList<CrmProblem> Validate(CrmConnection connection) => HubSpotOptions.Validate(connection);

    public ICrmAdapter CreateAdapter(CrmConnection connection)
    {
        var options = new HubSpotOptions(connection);
        var client = new HubSpotClient(connection, options, new CrmHttp(time, wrap), grants, ledger, time);
        return new HubSpotAdapter(connection, options, client, logs.CreateLogger<HubSpotAdapter>());
    }

    public IReadOnlyList<string> NeededScopes(CrmConnection connection) => HubSpotAuthorization.Needed(new(connection));

    public ICrmAuthorization? CreateAuthorization(CrmConnection connection) =>
        new HubSpotOptions(connection) is { IsOAuth: true } options ? new HubSpotAuthorization(connection, options, new CrmHttp(time, wrap), time) : null;

    public ICrmWebhook? CreateWebhook(CrmConnection connection) =>
        connection.WebhookSecrets.Count == 0 ? null : new HubSpotWebhook(connection, new HubSpotOptions(connection));
}
