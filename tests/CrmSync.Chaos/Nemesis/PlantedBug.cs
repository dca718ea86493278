using CrmSync.Adapters;
using CrmSync.Chaos.Rigging;
using CrmSync.Worker.Storage;

namespace CrmSync.Chaos.Nemesis;

/// <summary>
/// A mistake that somebody could make tomorrow, put before one of the product's seams for the time of a run.
/// <paramref name="Breaks"/>: the promises one of which must be seen broken.
/// </summary>
internal sealed record PlantedBug(string Name, string[] Breaks)
{
    public Func<Rig, ICrmAdapter, ICrmAdapter> Adapter { get; init; } = (_, inner) => inner;
    public Func<Rig, HttpMessageHandler, HttpMessageHandler> Wire { get; init; } = (_, inner) => inner;
    public Func<Rig, ISyncStore, ISyncStore> Store { get; init; } = (_, inner) => inner;
    public Func<Rig, ICrmWebhook, ICrmWebhook> Webhook { get; init; } = (_, inner) => inner;

    /// <summary>Points at which a worker dies, so that the bug shows.</summary>
    public IReadOnlyList<string> Deaths { get; init; } = [];

    /// <summary>Faults by name that strike every second hour, so that the bug shows.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Whether the CRM sends webhooks: some bugs are found only by the poll, and hide behind them.</summary>
    public bool Webhooks { get; init; } = true;

    /// <summary>Whether the daily sweep goes on once the connection is live: it heals what the poll missed.</summary>
    public bool Sweeps { get; init; } = true;

    /// <summary>How many records a page of the poll holds; null: as many as the CRM gives.</summary>
    public int? PageSize { get; init; }

    /// <summary>Whether somebody now and then changes more leads than a page holds, all in one millisecond.</summary>
    public bool InCrowds { get; init; }

    /// <summary>Whether somebody changes a record of a page before the next page is asked for.</summary>
    public bool Restless { get; init; }

    /// <summary>The only CRM on which it can be made; null: all.</summary>
    public string? Crm { get; init; }

    /// <summary>Whether it is a bug of webhooks, and shows only where some come.</summary>
    public bool OfEvents { get; init; }

    /// <summary>All that is otherwise than usual beside the bug: with the same, the whole product breaks nothing.</summary>
    public string Setting => string.Join('/', [$"{Webhooks}", $"{Sweeps}", $"{PageSize}", $"{InCrowds}", $"{Restless}", .. Deaths, .. Faults]);

    /// <summary>The same without the bug.</summary>
    public PlantedBug Whole => new(Name, Breaks)
    {
        Deaths = Deaths, Faults = Faults, Webhooks = Webhooks, Sweeps = Sweeps, PageSize = PageSize, InCrowds = InCrowds, Restless = Restless, Crm = Crm,
    };
}
