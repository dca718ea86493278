using System.Net;
using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Rules;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Configuration;

/// <summary>Whether a connection may write to its CRM.</summary>
public enum ConnectionMode
{
    /// <summary>Shadow until <c>go-live</c> was given.</summary>
    ByStore,

    /// <summary>Reads, judges and writes nothing, whatever the store says.</summary>
    Shadow,

    /// <summary>Live from the end of the first baseline on.</summary>
    Live,
}

/// <summary>One connection, checked.</summary>
public sealed record ConnectionSettings(
    CrmConnection Crm, ConnectionMode Mode, TimeSpan PollInterval, LifecycleStage? StageOnRejected)
{
    public StageOrder StageOrder { get; init; } = StageOrder.Usual;

    /// <summary>Of the acts that the rule file takes for a yes, those that this account shows; null: all of them.</summary>
    public AcceptSettings? AcceptOn { get; init; }
    public OfferLimits Offers { get; init; } = OfferLimits.Default;

    /// <summary>Null: no pilot, every lead may be offered.</summary>
    public Pilot? Pilot { get; init; }

    /// <summary>Whom to tell of this connection's breaches; null: as for all.</summary>
    public NotifySettings? Notify { get; init; }
}

/// <summary>All settings, checked.</summary>
public sealed record WorkerSettings
{
    public required string DataDirectory { get; init; }
    public required string RulesFile { get; init; }

    /// <summary>Business hours and texts go by this zone.</summary>
    public required TimeZoneInfo Zone { get; init; }
    public required IReadOnlyList<ConnectionSettings> Connections { get; init; }

    /// <summary>Whom to tell of the breaches of connections that say nothing else; null: nobody.</summary>
    public NotifySettings? Notify { get; init; }
    public LogLevel LogLevel { get; init; } = LogLevel.Information;
    public ReportSettings WeeklyReport { get; init; } = ReportSettings.Usual;
    public IPEndPoint Webhooks { get; init; } = new(IPAddress.Any, 8080);
    public IPEndPoint Admin { get; init; } = new(IPAddress.Loopback, 8081);
}

/// <summary>One thing that is wrong with the settings, where, and how to repair it.</summary>
public sealed record SettingProblem(string Setting, string Problem, string Repair);
