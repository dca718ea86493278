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
            WebhookSecrets = [new(account.WebhookSecret)],
        };
        // A session of Salesforce is over after some idle hours, of which the demo has many: its app asks for another.
        connection = crm == "salesforce"
            ? connection with { ClientId = account.ClientId, ClientSecret = new(account.ClientSecret) }
            : connection with { Token = new(account.Token) };
        // All leads of the demo come in its first weeks: the brakes of a first start would make a queue of them.
        return new(connection, ConnectionMode.ByStore, DemoOptions.PollInterval, null) { Offers = OfferLimits.None };
    }
}
