using CrmSync.Adapters.Http;
using CrmSync.Adapters.Values;

namespace CrmSync.Adapters.HubSpot;

/// <summary>One connection's HubSpot switches, from <see cref="CrmMapping.Options"/>.</summary>
internal sealed class HubSpotOptions
{
    private const string Create = "create";
    private const string Recipe = "recipe";
    private const string ByProperty = "property";
    private const string ByBody = "body";
    public static readonly Uri DefaultBaseUrl = new("https://api.hubapi.com");
    private static readonly string[] Hosts = ["hubapi.com", "hubspot.com"];
    private static readonly string[] Names =
    [
        "ApiVersion", "RequestsPer10Seconds", "SearchesPerSecond", "RequestsPerDay", "OverlapSeconds", "SettleSeconds", "PageSize",
        "HistoryBatchSize", "Streams", "TrustedHosts", "AllowUnsignedTimestampV1", "WebinarTitleProperty", "Lists", "ActivityKey",
    ];

    private readonly OptionBook _book;

    public HubSpotOptions(CrmConnection connection)
    {
        _book = new(connection, Names);
        IsOAuth = connection.ClientId is not null && connection.Token is null;
    }

    public bool IsOAuth { get; }
    public HubSpotPaths Paths => new(_book.Text("ApiVersion") ?? "2026-09");

    /// <summary>Null: the plan's default until an answer tells the real limit; a number is a ceiling for what answers tell.</summary>
    public int? RequestsPer10Seconds => _book.Number("RequestsPer10Seconds");
    public int SearchesPerSecond => _book.Number("SearchesPerSecond") ?? 5;
    public int? RequestsPerDay => _book.Number("RequestsPerDay");

    /// <summary>How late the search index may show a change.</summary>
    public TimeSpan Overlap => TimeSpan.FromSeconds(_book.Number("OverlapSeconds") ?? 300);
    public TimeSpan Settle => TimeSpan.FromSeconds(_book.Number("SettleSeconds") ?? 120);
    public int PageSize => Math.Clamp(_book.Number("PageSize") ?? 200, 2, 200);
    public int HistoryBatchSize => Math.Clamp(_book.Number("HistoryBatchSize") ?? 50, 1, 100);
    public bool AllowV1Signature => _book.Flag("AllowUnsignedTimestampV1");
    public string WebinarTitleProperty => _book.Text("WebinarTitleProperty") ?? "webinar_last_title";

    /// <summary>Whether set-up makes the lists (<c>create</c>), or says how they are made by hand (<c>recipe</c>).</summary>
    public bool CreatesLists => (_book.Text("Lists") ?? Create).Equals(Create, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether tasks and notes are known by a unique property of theirs, where the account has it (<c>property</c>), or always by
    /// a word in their body (<c>body</c>).
    /// </summary>
    public bool KeysInProperty => !ByBody.Equals(_book.Text("ActivityKey"), StringComparison.OrdinalIgnoreCase);
    public IReadOnlyList<string> Streams => _book.Text("Streams") is not null
        ? [.. HubSpotStreams.All.Where(s => s == HubSpotStreams.Contacts || _book.List("Streams").Contains(s, StringComparer.OrdinalIgnoreCase))]
        : HubSpotStreams.All;

    /// <summary>Everything wrong with the settings of a connection.</summary>
    public static IReadOnlyList<CrmProblem> Validate(CrmConnection connection)
    {
        var problems = new List<CrmProblem>();
        var options = new HubSpotOptions(connection);
        void Add(string setting, string problem, string repair) => problems.Add(options._book.Invalid(setting, problem, repair));

        if (connection.Token is null && (connection.ClientId is null || connection.ClientSecret is null))
            Add("Token", "There are no credentials.", "Give Token or TokenFile, or ClientId and ClientSecret and then crmsync auth login.");
        if (connection.QuotaShare is not (> 0 and <= 1))
            Add("QuotaShare", "It must be above 0 and at most 1.", "Write a part of one, such as 0.6.");
        if (connection.BaseUrl is { } url && HostGuard.Problem(url, Hosts, options._book.List("TrustedHosts")) is { } wrong)
            Add("BaseUrl", $"It {wrong}.", "Leave it out for HubSpot's own, or name the host in Mapping:Options:TrustedHosts.");
        problems.AddRange([.. options._book.Problems(), .. options._book.Strangers("Streams", HubSpotStreams.All)]);
        if (!options.Paths.Version.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            Add("Mapping:Options:ApiVersion", "It is no version.", "Write a date such as 2026-09, or v3.");
        if (!options.CreatesLists && !Recipe.Equals(options._book.Text("Lists"), StringComparison.OrdinalIgnoreCase))
            Add("Mapping:Options:Lists", "There is no such way.", $"Write {Create}, or {Recipe} to make the lists by hand.");
        if (options._book.Text("ActivityKey") is { } key && options.KeysInProperty && !ByProperty.Equals(key, StringComparison.OrdinalIgnoreCase))
            Add("Mapping:Options:ActivityKey", "There is no such way.", $"Write {ByProperty}, or {ByBody} where the account has no unique property for tasks and notes.");
        return problems;
    }
}
