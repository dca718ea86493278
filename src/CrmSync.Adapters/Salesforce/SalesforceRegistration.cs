using CrmSync.Adapters.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CrmSync.Adapters.Salesforce;

public static class SalesforceRegistration
{
    /// <summary>
    /// Makes <c>Crm: salesforce</c> available. Needs <see cref="IGrantStore"/>, <see cref="IQuotaLedger"/> and a
    /// <see cref="TimeProvider"/>; uses a <see cref="CrmHandlerWrap"/> and logging if there are any.
    /// </summary>
    public static IServiceCollection AddSalesforce(this IServiceCollection services) =>
        services.AddSingleton<ICrmProvider>(provider => new SalesforceProvider(
            provider.GetRequiredService<IGrantStore>(),
            provider.GetRequiredService<IQuotaLedger>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
            provider.GetService<CrmHandlerWrap>()));
}

internal sealed class SalesforceProvider(
    IGrantStore grants, IQuotaLedger ledger, TimeProvider time, ILoggerFactory logs, CrmHandlerWrap? wrap) : ICrmProvider
{
    public string Crm => "salesforce";

    public IReadOnlyList<CrmProblem> Validate(CrmConnection connection) => SalesforceOptions.Validate(connection);

    public ICrmAdapter CreateAdapter(CrmConnection connection)
    {
        var options = new SalesforceOptions(connection);
        var client = new SalesforceClient(connection, options, new CrmHttp(time, wrap), grants, ledger, time);
        return new SalesforceAdapter(connection, options, client, time, logs.CreateLogger<SalesforceAdapter>());
    }

    /// <summary>Salesforce calls nobody over HTTP; its change events come over a stream.</summary>
    public IReadOnlyList<string> NeededScopes(CrmConnection connection) => SalesforceAuthorization.Needed(new(connection));

    public ICrmAuthorization? CreateAuthorization(CrmConnection connection) =>
        new SalesforceOptions(connection) is { Login: SalesforceLogin.RefreshToken } options ? new SalesforceAuthorization(connection, options, new CrmHttp(time, wrap), time) : null;

    public ICrmWebhook? CreateWebhook(CrmConnection connection) => null;
}
