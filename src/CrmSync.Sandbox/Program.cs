using System.CommandLine;
using System.Runtime.InteropServices;

namespace CrmSync.Sandbox;

/// <summary>The sandbox as a program of its own.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var control = Port("--control-port", "The port of the control calls.");
        var hubSpot = Port("--hubspot-port", "The port on which HubSpot answers.");
        var salesforce = Port("--salesforce-port", "The port on which Salesforce answers.");
        var pipedrive = Port("--pipedrive-port", "The port on which Pipedrive answers.");
        var pubSub = Port("--pubsub-port", "The port of Salesforce's event stream.");
        var seed = new Option<int>("--seed") { Description = "The seed of every draw.", DefaultValueFactory = _ => 1 };
        var logCapacity = new Option<int?>("--log-capacity") { Description = "How many log entries are kept; all when left out." };
        var command = new RootCommand("Stand-ins for the CRMs, for trying CrmSync out. They listen on this machine alone.") { control, hubSpot, salesforce, pipedrive, pubSub, seed, logCapacity };

        command.SetAction((parsed, cancellationToken) => RunAsync(
            new SandboxOptions
            {
                ControlPort = parsed.GetValue(control),
                HubSpotPort = parsed.GetValue(hubSpot),
                SalesforcePort = parsed.GetValue(salesforce),
                PipedrivePort = parsed.GetValue(pipedrive),
                PubSubPort = parsed.GetValue(pubSub),
                Seed = parsed.GetValue(seed),
                LogCapacity = parsed.GetValue(logCapacity),
            },
            cancellationToken));
        return await command.Parse(args).InvokeAsync();
    }

    private static Option<int> Port(string name, string description) =>
        new(name) { Description = description + " 0 takes a free one.", DefaultValueFactory = _ => 0 };

    private static async Task<int> RunAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var cancelled = cancellationToken.Register(() => stopped.TrySetResult());
        await using var sandbox = await SandboxHost.StartAsync(options, cancellationToken);
        Console.WriteLine($"Sandbox ready: control {Trim(sandbox.ControlUrl)} hubspot {Trim(sandbox.HubSpotUrl)} salesforce {Trim(sandbox.SalesforceUrl)} pipedrive {Trim(sandbox.PipedriveUrl)} pubsub {Trim(sandbox.StreamUrl!)}");
        await stopped.Task;
        return 0;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stopped.TrySetResult();
        }
    }

    private static string Trim(Uri url) => url.ToString().TrimEnd('/');
}
