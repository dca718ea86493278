using System.Collections.Concurrent;
using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Rules;
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
    public AcceptSettings? AcceptOn => settings.AcceptOn;
    public OfferLimits Offers => settings.Offers;
    public Pilot? Pilot => settings.Pilot;
    public StageOrder StageOrder => settings.StageOrder;

    public ICrmAdapter Adapter => adapter;
    public ICrmWebhook? Webhook { get; private set; } = webhook;

    /// <summary>What <see cref="Webhook"/> checks signatures by.</summary>
    public IReadOnlyList<Secret> WebhookSecrets { get; private set; } = settings.Crm.WebhookSecrets;

    public ConnectionGate Gate { get; } = new();
    public UserBook Users { get; } = new();

    /// <summary>How listening to the CRM goes, by channel; empty where there is nothing to listen to.</summary>
    public ConcurrentDictionary<string, StreamHealth> Streams { get; } = new(StringComparer.Ordinal);

    /// <summary>The members of the pilot's list when last read; null before.</summary>
    public IReadOnlySet<string>? PilotMembers { get; set; }

    /// <summary>Full passes in a row that were read since effects were last written in less than a full request.</summary>
    public int ReadAhead { get; set; }

    /// <summary>The adapter still knows those that are in force: it makes the account's webhooks by them.</summary>
    public bool AreWebhookSecretsOfStart => ReferenceEquals(WebhookSecrets, Crm.WebhookSecrets);

    /// <summary>The secrets of webhooks were rotated.</summary>
    public void Renew(IReadOnlyList<Secret> secrets, ICrmWebhook? renewed) => (WebhookSecrets, Webhook) = (secrets, renewed);

    /// <summary>Rung when something waits to be looked at.</summary>
    public Bell Bell { get; } = new();
}

/// <summary>How listening to one channel goes.</summary>
/// <param name="HeardAt">When anything was heard last, be it that nothing happened; null: not yet.</param>
/// <param name="Problem">Why nobody listens at the moment; null: somebody does.</param>
/// <param name="RetryAt">When listening begins again; null: it goes on.</param>
internal sealed record StreamHealth(DateTimeOffset? HeardAt, string? Problem = null, DateTimeOffset? RetryAt = null);
