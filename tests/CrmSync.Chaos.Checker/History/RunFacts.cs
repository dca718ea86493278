namespace CrmSync.Chaos.Checker.History;

/// <summary>How a run was set up, and what its nemesis knows that no log tells.</summary>
public sealed record RunFacts
{
    public required string Connection { get; init; }

    /// <summary>What the CRM's log calls the product's own credential.</summary>
    public required string OurIdentity { get; init; }

    /// <summary>When the connection went live; before it nothing may be changed but by <c>setup</c>.</summary>
    public DateTimeOffset? LiveAt { get; init; }

    /// <summary>When <c>setup</c> was done: its requests change the CRM and belong to the admin.</summary>
    public DateTimeOffset? SetUpAt { get; init; }

    /// <summary>The CRM's own stage values in their order, from the earliest.</summary>
    public required IReadOnlyList<string> StageOrder { get; init; }

    /// <summary>The CRM's own value by canonical stage name, as the audit writes it.</summary>
    public required IReadOnlyDictionary<string, string> StageValues { get; init; }

    /// <summary>Values that the mapping takes for a canonical stage beside its own.</summary>
    public IReadOnlyDictionary<string, string> StageAliases { get; init; } = new Dictionary<string, string> { ["subscriber"] = "Lead" };

    /// <summary>Canonical stages to which the configuration lets a decision move backwards; empty: none.</summary>
    public IReadOnlySet<string> BackwardTo { get; init; } = new HashSet<string>();

    /// <summary>The most requests of ours that any window of this length may hold, by a part of the path (empty: all requests).</summary>
    public IReadOnlyList<QuotaWindow> Quotas { get; init; } = [];

    /// <summary>Host and port pairs that may be called.</summary>
    public required IReadOnlySet<string> AllowedHosts { get; init; }

    /// <summary>Secrets that may stand in no output and no file.</summary>
    public IReadOnlyList<string> Canaries { get; init; } = [];

    /// <summary>People's names, which may stand in no log. The store has them while a task that names its lead waits.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Keys of leads that the nemesis made impossible to write or to read.</summary>
    public IReadOnlySet<string> Poisoned { get; init; } = new HashSet<string>();

    /// <summary>
    /// Whether the rules are those of <c>sal-rules.yaml</c>, which the oracle models: then each judgement is weighed again. Otherwise
    /// its hash alone is checked.
    /// </summary>
    public bool UsesDefaultRules { get; init; } = true;

    /// <summary>Ends and parts of paths by which the CRM is asked with POST and changes nothing.</summary>
    public IReadOnlyList<string> AskedByPost { get; init; } = ["/search", "/read", "/oauth/"];

    /// <summary>The stream of the people's own records, whose ids stand in the inbox without a name before them.</summary>
    public string LeadStream { get; init; } = CrmFields.People;

    /// <summary>
    /// The CRM's records of which no history is kept: what slips in there between our read and our write only an event of the write can
    /// tell, and when somebody answered nobody knows. The time of the first is not longer than <see cref="Gap"/>.
    /// </summary>
    public IReadOnlySet<string> WithoutHistory { get; init; } = new HashSet<string>();
    public TimeSpan Gap { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How finely the CRM's history tells instants.</summary>
    public TimeSpan Resolution { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>An instant as the CRM's history tells it.</summary>
    public DateTimeOffset AsTold(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % Resolution.Ticks));

    /// <summary>Whether a path is that of the CRM's token endpoint, which has a grant for its credential and is in no quota.</summary>
    public static bool IsOfTokens(string? path) => path?.Contains("/oauth", StringComparison.Ordinal) == true;

    /// <summary>How long the inbox keeps what is done.</summary>
    public TimeSpan InboxKept { get; init; } = TimeSpan.FromDays(8);

    /// <summary>How long a request of ours may be under way: what it does to a lead that ended meanwhile is nobody's fault.</summary>
    public TimeSpan InFlight { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How far the poll looks back behind its cursor; a change that shows itself later is for the sweep.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(300);
}

/// <summary>
/// At most <paramref name="Most"/> requests within <paramref name="Window"/>; <paramref name="Path"/> is a part of the path: empty for all, and
/// with <c>!</c> before it for all others.
/// </summary>
public sealed record QuotaWindow(string Path, TimeSpan Window, int Most)
{
    public bool Counts(string path) => Path.StartsWith('!') ? !path.Contains(Path[1..], StringComparison.Ordinal) : path.Contains(Path, StringComparison.Ordinal);
}
