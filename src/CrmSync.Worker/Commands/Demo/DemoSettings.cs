using System.Net;
using System.Net.Sockets;
using CrmSync.Adapters;
using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Commands.Demo;

/// <summary>The settings an admin would have written for the demo's CRMs.</summary>
internal static class DemoSettings
{
    public static WorkerSettings Of(DemoOptions options, DemoSandbox sandbox)
    {
        // Whoever registers its webhooks itself must know the address before it is taken.
        var port = options.Webhooks ? FreePort() : 0;
        return Of(options, sandbox, port);
    }

    private static WorkerSettings Of(DemoOptions options, DemoSandbox sandbox, int port) => new()
    {
        DataDirectory = options.DataDirectory,
        RulesFile = options.RulesFile,
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen"),
        Connections = [.. options.Crms.Select(crm => Connection(crm, sandbox, port))],
        Webhooks = new(IPAddress.Loopback, port),
        Admin = new(IPAddress.Loopback, 0),
    };

    private static ConnectionSettings Connection(string crm, DemoSandbox sandbox, int port)
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
        if (crm == "pipedrive" && port > 0)
            connection = connection with { PublicUrl = new($"http://127.0.0.1:{port}/webhooks/{crm}") };
        // All leads of the demo come in its first weeks: the brakes of a first start would make a queue of them.
        return new(connection, ConnectionMode.ByStore, DemoOptions.PollInterval, null) { Offers = OfferLimits.None };
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
