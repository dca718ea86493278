using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.Pipedrive.Schema;
using CrmSync.Sandbox.Salesforce.Schema;

namespace CrmSync.Sandbox;

/// <summary>How a sandbox is set up. Port 0 takes any free port.</summary>
public sealed record SandboxOptions
{
    public int ControlPort { get; init; }
    public int HubSpotPort { get; init; }
    public int SalesforcePort { get; init; }
    public int PipedrivePort { get; init; }

    /// <summary>The port of the event stream of Salesforce; null for no stream.</summary>
    public int? PubSubPort { get; init; }

    /// <summary>The seed of every keyed draw: lags, delays, identifiers, order.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Null: the system's clock, which the control port may move. An injected clock is moved by its owner alone.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Whether webhooks leave by themselves; else the owner calls the host's DeliverDueWebhooksAsync.</summary>
    public bool AutoDeliver { get; init; } = true;

    /// <summary>How many webhooks are on their way at a time; with one they arrive in the order in which they fell due.</summary>
    public int WebhooksAtOnce { get; init; } = 10;

    /// <summary>How many log entries are kept; null for all.</summary>
    public int? LogCapacity { get; init; }

    /// <summary>Shown every exchange before its answer leaves; null for nobody. What it throws fails the request with 500.</summary>
    public Action<SandboxExchange>? Watch { get; init; }

    /// <summary>The switches of HubSpot at the start and after each reset.</summary>
    public HubSpotSwitches HubSpot { get; init; } = new();

    /// <summary>The switches of Salesforce at the start and after each reset.</summary>
    public SalesforceSwitches Salesforce { get; init; } = new();

    /// <summary>The switches of Pipedrive at the start and after each reset.</summary>
    public PipedriveSwitches Pipedrive { get; init; } = new();

    internal int PortOf(string crm) => crm switch
    {
        "hubspot" => HubSpotPort,
        "salesforce" => SalesforcePort,
        _ => PipedrivePort,
    };
}
