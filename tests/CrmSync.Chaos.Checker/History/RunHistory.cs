namespace CrmSync.Chaos.Checker.History;

/// <summary>Everything that is known of one run, from all sides. Taken at rest: after the nemesis stopped and nothing more was to be done.</summary>
public sealed record RunHistory
{
    /// <summary>The output that is the worker's log.</summary>
    public const string LogOutput = "log";

    /// <summary>The fault that is an older copy of the store put back in its place.</summary>
    public const string PutBack = "old backup put back";

    /// <summary>How faults begin that are a worker killed, which starts again at once.</summary>
    public const string Killed = "worker killed";

    public required RunFacts Facts { get; init; }
    public required IReadOnlyList<LogLine> Log { get; init; }
    public required IReadOnlyList<CrmLead> Leads { get; init; }
    public required StoreTables Store { get; init; }
    public IReadOnlyList<WebhookSent> Webhooks { get; init; } = [];
    public IReadOnlyList<FaultMark> Faults { get; init; } = [];
    public IReadOnlyList<WireCall> Wire { get; init; } = [];

    /// <summary>What came to a host that nobody configured and that answers pointed to, seen by that host.</summary>
    public IReadOnlyList<WireCall> Elsewhere { get; init; } = [];

    /// <summary>What the product printed or wrote, by where it stands: log, command output, names of files with their content.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();

    /// <summary>The document of <c>kpi --json</c>; null when it was not asked for.</summary>
    public string? Kpis { get; init; }

    /// <summary>How long an MQL and a SAL are given in that document; without being asked a SAL gets this long as long as sales take less.</summary>
    public TimeSpan SalWithin { get; init; } = TimeSpan.FromDays(14);
    public TimeSpan SaleWithin { get; init; } = TimeSpan.FromDays(90);
}
