using System.Net;
using CrmSync.Chaos.Checker.History;
using CrmSync.Leads;
using CrmSync.Worker.Configuration;

namespace CrmSync.Chaos.SelfTest;

/// <summary>How the worker of a small world is set up: rejected leads go back, and every request is noted.</summary>
internal static class WorkerOf
{
    public static WorkerSettings Settings(SmallWorld world, string rules) => new()
    {
        DataDirectory = world.Data,
        RulesFile = rules,
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen"),
        Connections =
        [
            new(new()
            {
                Name = SmallWorld.Name, Crm = "hubspot", AccountId = world.Account.AccountId, BaseUrl = new(world.Account.BaseUrl), Token = new(world.Account.Token), WebhookSecrets = [new(world.Account.WebhookSecret)], Language = "en",
            }, ConnectionMode.ByStore, TimeSpan.FromMinutes(1), LifecycleStage.Lead) { Offers = OfferLimits.Default },
        ],
        Webhooks = new(IPAddress.Loopback, 0),
        Admin = new(IPAddress.Loopback, 0),
    };
}

/// <summary>Notes each request as it leaves the worker.</summary>
internal sealed class RecordedWire(SmallWorld world, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var flight = world.InFlight();
        world.Wire.Enqueue(new WireCall(world.Now, request.RequestUri!.Authority, request.Method.Method, request.RequestUri.AbsolutePath));
        return await base.SendAsync(request, cancellationToken);
    }
}
