using System.Net;
using CrmSync.Adapters;
using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>The settings an admin would have written for the demo's CRMs.</summary>
internal static class DemoSettings
{
    public static WorkerSettings Of(DemoOptions options, DemoSandbox sandbox) => new()
    {
        DataDirectory = options.DataDirectory,
        RulesFile = options.RulesFile,
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen"),
        Connections = [.. options.Crms.Select(crm => Connection(crm, sandbox))],
        Webhooks = new(IPAddress.Loopback, 0),
        Admin = new(IPAddress.Loopback, 0),
    };

    private static ConnectionSettings Connection(string crm, DemoSandbox sandbox)
    {
        var account = sandbox.AccountOf(crm);
        var connection = new CrmConnection
        {
            Name = crm,
            Crm = crm,
            AccountId = account.AccountId,
            BaseUrl = new Uri(account.BaseUrl),
            Token = new(account.Token),
            WebhookSecrets = [new(account.WebhookSecret)],
        };
        // All leads of the demo come in its first weeks: the brakes of a first start would make a queue of them.
        return new(connection, ConnectionMode.ByStore, DemoOptions.PollInterval, null) { Offers = OfferLimits.None };
    }
}
