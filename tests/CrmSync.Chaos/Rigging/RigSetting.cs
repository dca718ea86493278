using CrmSync.Adapters;
using CrmSync.Chaos.Crms;
using CrmSync.Leads;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Worker.Storage;

namespace CrmSync.Chaos.Rigging;

/// <summary>What is otherwise than usual in a run.</summary>
internal sealed record RigSetting
{
    public static readonly TimeSpan UsualPoll = TimeSpan.FromMinutes(30);

    public CrmUnderTest Crm { get; init; } = new HubSpotUnderTest();
    public int Seed { get; init; } = 1;
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    public TimeSpan PollInterval { get; init; } = UsualPoll;
    public bool Webhooks { get; init; } = true;

    /// <summary>Whether the daily sweep goes on once the connection is live.</summary>
    public bool Sweeps { get; init; } = true;

    /// <summary>How many records a page of the poll holds; null: as many as the CRM gives.</summary>
    public int? PageSize { get; init; }

    /// <summary>Whether nothing is asked for side by side: whichever waited goes first else, and a seed plays another way each time.</summary>
    public bool OneAtATime { get; init; }

    /// <summary>Where a rejected lead goes; null: it stays.</summary>
    public LifecycleStage? StageOnRejected { get; init; }

    /// <summary>The grant that lets the worker in; null: a token that lasts, or what the app asks for in its own name.</summary>
    public GrantSetting? Grant { get; init; }

    /// <summary>What the account has for us in a day; null: nobody says.</summary>
    public int? RequestsPerDay { get; init; }

    public HubSpotSwitches Switches { get; init; } = new() { SearchLagSeconds = 5, WebhookDelaySeconds = 1 };

    /// <summary>Puts something before the adapter: how a bug is planted.</summary>
    public Func<ICrmAdapter, ICrmAdapter> Adapter { get; init; } = adapter => adapter;

    /// <summary>Puts something before the network: how a bug is planted.</summary>
    public Func<HttpMessageHandler, HttpMessageHandler> Wire { get; init; } = handler => handler;

    /// <summary>Puts something before the store: how a bug is planted.</summary>
    public Func<ISyncStore, ISyncStore> Store { get; init; } = store => store;

    /// <summary>Puts something before the intake: how a bug is planted.</summary>
    public Func<ICrmWebhook, ICrmWebhook> Webhook { get; init; } = webhook => webhook;
}
