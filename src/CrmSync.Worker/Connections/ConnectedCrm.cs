using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Worker.Configuration;

namespace CrmSync.Worker.Connections;

/// <summary>One connection at work: its settings, its adapter, and whether it may be used.</summary>
internal sealed class ConnectedCrm(ConnectionSettings settings, ICrmAdapter adapter, ICrmWebhook? webhook)
{
    public string Name => settings.Crm.Name;
    public CrmConnection Crm => settings.Crm;
    public ConnectionMode ConfiguredMode => settings.Mode;
    public TimeSpan PollInterval => settings.PollInterval;
    public LifecycleStage? StageOnRejected => settings.StageOnRejected;
    public StageOrder StageOrder => settings.StageOrder;

    public ICrmAdapter Adapter => adapter;
    public ICrmWebhook? Webhook => webhook;
    public ConnectionGate Gate { get; } = new();
    public UserBook Users { get; } = new();

    /// <summary>Rung when something waits to be looked at.</summary>
    public Bell Bell { get; } = new();
}
