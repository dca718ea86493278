using CrmSync.Leads;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Sandbox.Pipedrive.Schema;

namespace CrmSync.Tests.Support;

/// <summary>What a test wants otherwise than usual.</summary>
internal sealed record StageSetting
{
    /// <summary>Whether <c>setup</c> ran, the baseline is complete and <c>go-live</c> was given.</summary>
    public bool Live { get; init; } = true;

    /// <summary>Whether the hand-over's fields are made in the CRM.</summary>
    public bool Setup { get; init; } = true;

    /// <summary>Whether the CRM sends webhooks to the worker.</summary>
    public bool Webhooks { get; init; }

    /// <summary>As configured; by default the store says.</summary>
    public Worker.Configuration.ConnectionMode Mode { get; init; } = Worker.Configuration.ConnectionMode.ByStore;

    public LifecycleStage? StageOnRejected { get; init; }
    public Worker.Configuration.OfferLimits Offers { get; init; } = Worker.Configuration.OfferLimits.Default;
    public Worker.Configuration.Pilot? Pilot { get; init; }

    /// <summary>Of the acts that the rules take for a yes, those that count here; null: all.</summary>
    public Leads.Rules.AcceptSettings? AcceptOn { get; init; }

    /// <summary>Whether the fields for the CRM's own reports are made and written.</summary>
    public bool ReportFields { get; init; }

    /// <summary>What is otherwise in the rule file.</summary>
    public Func<string, string> Rules { get; init; } = rules => rules;
    public string Language { get; init; } = "en";

    /// <summary>The CRM that is played, and how its account is where that is Pipedrive.</summary>
    public string Crm { get; init; } = "hubspot";
    public PipedriveSwitches Pipedrive { get; init; } = new();
    public HubSpotSwitches Switches { get; init; } = new() { SearchLagSeconds = 5, WebhookDelaySeconds = 1 };
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Hands the worker another store, that fails for instance.</summary>
    public Func<Worker.Storage.ISyncStore, Worker.Storage.ISyncStore>? Store { get; init; }
}
