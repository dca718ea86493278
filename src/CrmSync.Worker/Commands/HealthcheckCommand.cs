using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Commands;

/// <summary><c>healthcheck</c>: asks the worker of this machine how it is, for images that have no shell and no curl.</summary>
internal static class HealthcheckCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public static Command Create(CommandWorld world)
    {
        var live = new Option<bool>("--live") { Description = "Only whether its loops come round; without it whether it is ready." };
        var command = new Command("healthcheck", "Asks the worker that runs here whether it is ready: 0 yes, 1 no.") { live };
        command.SetAction((parsed, cancellationToken) => RunAsync(world, parsed, parsed.GetValue(live), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CommandWorld world, ParseResult parsed, bool live, CancellationToken cancellationToken)
    {
        // Of the settings only the listener's: who asks may not be who can read the secrets.
        var problems = new List<SettingProblem>();
        var (_, admin) = EndPointReader.Read(Opening.Configuration(parsed), problems);
        if (admin.Port == 0)
            problems.Add(new("Admin:Port", "It is 0, so the worker's port is not known here.", "Give Admin a port."));
        if (problems.Count > 0)
            throw new CommandFailure(ExitCode.Configuration, "configuration", problems);
        var url = new Uri($"http://{new IPEndPoint(Here(admin.Address), admin.Port)}/health/{(live ? "live" : "ready")}");
        var (healthy, answer) = await AskAsync(url, cancellationToken);
        if (parsed.IsJson())
            world.Document(new { url, healthy, answer });
        else
            (healthy ? world.Out : world.Error).WriteLine(answer);
        return (int)(healthy ? ExitCode.Done : ExitCode.Failed);
    }

    private static async Task<(bool Healthy, string Answer)> AskAsync(Uri url, CancellationToken cancellationToken)
    {
        // Never through a proxy: the worker is on this machine.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var response = await http.GetAsync(url, cancellationToken);
            return (response.IsSuccessStatusCode, (await response.Content.ReadAsStringAsync(cancellationToken)).Trim());
        }
        catch (Exception silent) when (silent is HttpRequestException or SocketException || (silent is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (false, $"Nobody answers at {url}.");
        }
    }

    /// <summary>A worker that listens on all addresses listens on this machine's own.</summary>
    private static IPAddress Here(IPAddress address) =>
        address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address;
}
