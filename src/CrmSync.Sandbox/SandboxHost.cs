using System.Security.Cryptography.X509Certificates;
using CrmSync.Sandbox.Control;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.Hosting;
using CrmSync.Sandbox.HubSpot;
using CrmSync.Sandbox.Pipedrive;
using CrmSync.Sandbox.Salesforce;
using CrmSync.Sandbox.Salesforce.PubSub;
using Microsoft.AspNetCore.Builder;

namespace CrmSync.Sandbox;

/// <summary>
/// Stand-ins for the CRMs, each on a port of its own, with a control port to play the people who work in them. Loopback only.
/// </summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private static readonly TimeSpan DeliveryInterval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource stopping = new();
    private readonly List<LoopbackServer> servers = [];
    private readonly Dictionary<string, Uri> urls = new(StringComparer.Ordinal);
    private readonly World world;
    private readonly WebhookSender sender;
    private readonly SalesforceCrm salesforce;
    private X509Certificate2? certificate;
    private Task delivering = Task.CompletedTask;

    private SandboxHost(SandboxOptions options)
    {
        world = new World(new SandboxClock(options.Clock ?? TimeProvider.System, movable: options.Clock is null), new SandboxLog(options.LogCapacity));
        salesforce = new SalesforceCrm(options.Salesforce, world);
        ISandboxCrm[] crms = [new HubSpotCrm(options.HubSpot, world), salesforce, new PipedriveCrm(options.Pipedrive, world)];
        sender = new WebhookSender(world, crms, options.WebhooksAtOnce);
        Control = new SandboxControl(world, crms, name => urls[name], options.Seed);
        Fronts = [.. crms.Select(crm => (crm.Name, new CrmFront(world, crm, options.Watch, stopping.Token)))];
    }

    /// <summary>The control calls, without the way over HTTP.</summary>
    public SandboxControl Control { get; }

    public Uri ControlUrl { get; private set; } = null!;

    public Uri HubSpotUrl => urls["hubspot"];

    public Uri SalesforceUrl => urls["salesforce"];

    public Uri PipedriveUrl => urls["pipedrive"];

    /// <summary>The event stream of Salesforce; null when it was not asked for.</summary>
    public Uri? StreamUrl { get; private set; }

    /// <summary>The place of the newest event that the stream of Salesforce tells, as a client gets it; 0 before the first.</summary>
    public long NewestEvent => world.Take(_ => salesforce.NewestEvent);

    /// <summary>When the next webhook is due on the sandbox's clock; null when none waits.</summary>
    public DateTimeOffset? NextWebhookDue => sender.NextDue;

    /// <summary>When the sandbox next has something to do by itself: a webhook to send, or an engagement that lay in the future.</summary>
    public DateTimeOffset? NextDue => Earlier(sender.NextDue, world.Take(_ => world.Later.NextAt));

    private IReadOnlyList<(string Name, CrmFront Front)> Fronts { get; }

    /// <summary>Starts all ports and opens one account in each CRM.</summary>
    public static async Task<SandboxHost> StartAsync(SandboxOptions options, CancellationToken cancellationToken = default)
    {
        var host = new SandboxHost(options);
        try
        {
            await host.ListenAsync(options, cancellationToken);
            host.Control.Reset(new());
            if (options.AutoDeliver)
            {
                host.delivering = host.DeliverAsync(host.stopping.Token);
            }

            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends every webhook that is due now, and waits for the answers; returns how many requests went out.</summary>
    public Task<int> DeliverDueWebhooksAsync(CancellationToken cancellationToken = default) => sender.SendDueAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await delivering;
        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }

        certificate?.Dispose();
        sender.Dispose();
        stopping.Dispose();
    }

    private async Task ListenAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        foreach (var (name, front) in Fronts)
        {
            var server = await LoopbackServer.StartAsync(options.PortOf(name), app => app.Run(front.HandleAsync), cancellationToken);
            servers.Add(server);
            urls[name] = server.Url;
        }

        if (options.PubSubPort is { } streamPort)
        {
            certificate = SelfSigned.Make(world.Clock.Now);
            var stream = await StreamServer.StartAsync(streamPort, new PubSubService(world, salesforce, stopping.Token), certificate, cancellationToken);
            servers.Add(stream);
            StreamUrl = stream.Url;
            salesforce.Stream = new StreamAddress(stream.Url, certificate.ExportCertificatePem());
        }

        var control = await LoopbackServer.StartAsync(options.ControlPort, app => ControlEndpoints.Map(app, Control), cancellationToken);
        servers.Add(control);
        ControlUrl = control.Url;
    }

    private async Task DeliverAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(DeliveryInterval, world.Clock.Timers);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await sender.SendDueAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The sandbox stops; what was not sent is lost with it.
        }
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null ? other : other is null || one < other ? one : other;
}
