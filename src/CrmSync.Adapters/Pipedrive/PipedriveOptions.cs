using CrmSync.Adapters.Http;
using CrmSync.Adapters.Values;
using CrmSync.Leads;
using CrmSync.Leads.Fields;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>One connection's Pipedrive switches, from <see cref="CrmMapping.Options"/>.</summary>
internal sealed class PipedriveOptions
{
    private static readonly string[] Hosts = ["pipedrive.com"];
    private static readonly string[] Names =
    [
        "Plan", "Seats", "TokensPerDay", "RequestsPer2Seconds", "OverlapSeconds", "SettleSeconds", "PageSize", "Streams", "StageField", "Fields",
        "ConvertedStage", "Activities", "TokenUser", "ArchivedMinutes", "PollMinutes", "CheckMinutes", "ConversionPageSize", "LeadSort", "OAuthUrl", "TrustedHosts", "WebhookUser", "FormTypes",
        "WebinarTypes", "ReadsAtOnce",
    ];

    private static readonly string[] FieldNames = [.. HandoverFields.Of(withReports: true).Select(f => f.Name)];
    private readonly OptionBook _book;
    private readonly CrmConnection _connection;

    public PipedriveOptions(CrmConnection connection) => (_connection, _book) = (connection, new(connection, Names, "Seats", "WebhookUser", "ReadsAtOnce"));

    public bool IsOAuth => _connection is { ClientId: not null, Token: null };

    /// <summary>The company's own host, or the one for all of them.</summary>
    public Uri BaseUrl => _connection.BaseUrl ?? new($"https://{PipedrivePaths.SharedHost}");
    public PipedrivePaths Paths => new(BaseUrl);

    /// <summary>Where tokens are renewed.</summary>
    public Uri OAuthUrl => Uri.TryCreate(_book.Text("OAuthUrl"), UriKind.Absolute, out var url) ? url : BaseUrl.IsLoopback ? BaseUrl : new("https://oauth.pipedrive.com");

    public PipedrivePlan? Plan => PipedrivePlan.Find(_book.Text("Plan"));

    /// <summary>The purse of a day by the plan and its seats, or as it is named; null: what answers tell.</summary>
    public int? TokensPerDay => _book.Number("TokensPerDay") ?? (Plan is { } plan ? plan.TokensPerDay * (_book.Number("Seats") ?? 1) : null);

    /// <summary>Null: that of the plan, the smallest where none is named, until an answer tells.</summary>
    public int? RequestsPer2Seconds => _book.Number("RequestsPer2Seconds");

    /// <summary>How late a list may show a change.</summary>
    public TimeSpan Overlap => TimeSpan.FromSeconds(_book.Number("OverlapSeconds") ?? 300);
    public TimeSpan Settle => TimeSpan.FromSeconds(_book.Number("SettleSeconds") ?? 30);

    /// <summary>A page costs the same however long it is.</summary>
    public int PageSize => Math.Clamp(_book.Number("PageSize") ?? 500, 2, 500);

    /// <summary>How many records that no list gives by their ids are asked for side by side.</summary>
    public int ReadsAtOnce => Math.Clamp(_book.Number("ReadsAtOnce") ?? 4, 1, 10);

    /// <summary>Name or key of the deal field that holds the stage, on leads and deals.</summary>
    public string? StageField => _book.Text("StageField");

    /// <summary>Hand-over fields by the key of the deal field that each is, for accounts that call them otherwise.</summary>
    public IReadOnlyDictionary<string, string> Fields => _book.List("Fields").Select(p => p.Split('=', 2)).Where(p => p.Length == 2)
        .DistinctBy(p => p[0], StringComparer.OrdinalIgnoreCase).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);

    /// <summary>How far a lead has come that became a deal.</summary>
    public LifecycleStage ConvertedStage => Enum.TryParse<LifecycleStage>(_book.Text("ConvertedStage"), ignoreCase: true, out var stage) ? stage : LifecycleStage.Opportunity;

    /// <summary>Whether calls, mails and meetings are read: a list of them costs as much as writing a lead.</summary>
    public bool ReadsActivities => !Is("Activities", "none");

    /// <summary>Types of activities that are forms filled in, and webinars, where a marketing tool writes them down so.</summary>
    public IReadOnlyList<string> FormTypes => _book.List("FormTypes") is { Count: > 0 } named ? named : ["form", "webform"];
    public IReadOnlyList<string> WebinarTypes => _book.List("WebinarTypes") is { Count: > 0 } named ? named : ["webinar"];

    /// <summary>Whether the user of the token is a machine, so that what it owns belongs to nobody yet (<c>machine</c>), or a person.</summary>
    public bool TokenUserIsMachine => !Is("TokenUser", "person");

    /// <summary>How often the list of archived leads is asked for: it costs twice a page of leads.</summary>
    public TimeSpan ArchivedEvery => TimeSpan.FromMinutes(_book.Number("ArchivedMinutes") ?? 360);

    /// <summary>How far polls lie apart at least; null: by the purse, or far apart where webhooks tell.</summary>
    public TimeSpan? PollEvery => _book.Number("PollMinutes") is { } minutes ? TimeSpan.FromMinutes(minutes) : null;

    /// <summary>How long a check that found nothing wrong holds: fields and users cost tokens.</summary>
    public TimeSpan CheckEvery => TimeSpan.FromMinutes(_book.Number("CheckMinutes") ?? 360);

    /// <summary>How many deals are looked through, at most, for the ones that were leads.</summary>
    public int ConversionDeals => _book.Number("ConversionPageSize") ?? 50_000;

    /// <summary>How the list of leads is asked to be in the order of their changes.</summary>
    public string LeadSort => _book.Text("LeadSort") ?? "update_time";

    /// <summary>The user whose rights decide which events are sent; null: the token's.</summary>
    public int? WebhookUser => _book.Number("WebhookUser");

    public IReadOnlyList<string> Streams => _book.Text("Streams") is not null
        ? [.. PipedriveStreams.All.Where(s => s == PipedriveStreams.Leads || _book.List("Streams").Contains(s, StringComparer.OrdinalIgnoreCase))]
        : PipedriveStreams.All;

    /// <summary>What is wrong with a host that an answer names; null: nothing.</summary>
    public string? ProblemOf(Uri host) =>
        host.IsLoopback && !BaseUrl.IsLoopback ? "is this machine" : HostGuard.Problem(host, Hosts, _book.List("TrustedHosts"));

    /// <summary>Everything wrong with the settings of a connection.</summary>
    public static IReadOnlyList<CrmProblem> Validate(CrmConnection connection)
    {
        var problems = new List<CrmProblem>();
        var options = new PipedriveOptions(connection);
        void Add(string setting, string problem, string repair) => problems.Add(options._book.Invalid(setting, problem, repair));

        if (connection.Token is null && (connection.ClientId is null || connection.ClientSecret is null))
            Add("Token", "There are no credentials.", "Give Token or TokenFile, or ClientId and ClientSecret and then crmsync auth login.");
        if (connection.QuotaShare is not (> 0 and <= 1))
            Add("QuotaShare", "It must be above 0 and at most 1.", "Write a part of one, such as 0.6.");
        foreach (var (setting, url) in new[] { ("BaseUrl", options.BaseUrl), ("Mapping:Options:OAuthUrl", options.OAuthUrl) })
            if (HostGuard.Problem(url, Hosts, options._book.List("TrustedHosts")) is { } wrong)
                Add(setting, $"It {wrong}.", "Write the company's address, such as https://acme.pipedrive.com, or name the host in Mapping:Options:TrustedHosts.");
        problems.AddRange([.. options._book.Problems(), .. options._book.Strangers("Streams", PipedriveStreams.All)]);
        if (options._book.Text("Plan") is not null && options.Plan is null)
            Add("Mapping:Options:Plan", "There is no such plan.", $"Write one of: {string.Join(", ", PipedrivePlan.Names)}; or the tokens themselves as TokensPerDay.");
        if (options._book.Text("ConvertedStage") is { } stage && !Enum.TryParse<LifecycleStage>(stage, ignoreCase: true, out _))
            Add("Mapping:Options:ConvertedStage", "There is no such stage.", $"Write one of: {string.Join(", ", Enum.GetNames<LifecycleStage>())}.");
        foreach (var (name, allowed) in new[] { ("Activities", (string[])["all", "none"]), ("TokenUser", ["machine", "person"]) })
            if (options._book.Text(name) is { } word && !allowed.Contains(word, StringComparer.OrdinalIgnoreCase))
                Add($"Mapping:Options:{name}", "There is no such way.", $"Write {allowed[0]} or {allowed[1]}.");
        foreach (var pair in options._book.List("Fields").Where(p => p.Split('=', 2) is not [var name, { Length: > 0 }] || !FieldNames.Contains(name, StringComparer.OrdinalIgnoreCase)))
            Add("Mapping:Options:Fields", $"'{pair}' names no hand-over field and its key.", $"Write crmsync_decision=<key>, with commas between several. The fields: {string.Join(", ", FieldNames)}.");
        return problems;
    }

    private bool Is(string name, string word) => word.Equals(_book.Text(name), StringComparison.OrdinalIgnoreCase);
}
