using System.Globalization;
using CrmSync.Adapters.Http;

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
    private static readonly string[] NumericEndings = ["PerDay", "Second", "Seconds", "Size"];
    private static readonly string[] Names =
    [
        "ApiVersion", "RequestsPer10Seconds", "SearchesPerSecond", "RequestsPerDay", "OverlapSeconds", "SettleSeconds", "PageSize",
        "HistoryBatchSize", "Streams", "TrustedHosts", "AllowUnsignedTimestampV1", "WebinarTitleProperty", "Lists", "ActivityKey",
    ];

    private readonly IReadOnlyDictionary<string, string> _values;

    public HubSpotOptions(CrmConnection connection)
    {
        _values = new Dictionary<string, string>(connection.Mapping.Options, StringComparer.OrdinalIgnoreCase);
        IsOAuth = connection.ClientId is not null && connection.Token is null;
    }

    public bool IsOAuth { get; }
    public HubSpotPaths Paths => new(Text("ApiVersion") ?? "2026-09");

    /// <summary>Null: the plan's default until an answer tells the real limit; a number is a ceiling for what answers tell.</summary>
    public int? RequestsPer10Seconds => Number("RequestsPer10Seconds");
    public int SearchesPerSecond => Number("SearchesPerSecond") ?? 5;
    public int? RequestsPerDay => Number("RequestsPerDay");

    /// <summary>How late the search index may show a change.</summary>
    public TimeSpan Overlap => TimeSpan.FromSeconds(Number("OverlapSeconds") ?? 300);
    public TimeSpan Settle => TimeSpan.FromSeconds(Number("SettleSeconds") ?? 120);
    public int PageSize => Math.Clamp(Number("PageSize") ?? 200, 2, 200);
    public int HistoryBatchSize => Math.Clamp(Number("HistoryBatchSize") ?? 50, 1, 100);
    public bool AllowV1Signature => Text("AllowUnsignedTimestampV1") is { } text && bool.TryParse(text, out var allow) && allow;
    public string WebinarTitleProperty => Text("WebinarTitleProperty") ?? "webinar_last_title";

    /// <summary>Whether set-up makes the lists (<c>create</c>), or says how they are made by hand (<c>recipe</c>).</summary>
    public bool CreatesLists => (Text("Lists") ?? Create).Equals(Create, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Whether tasks and notes are known by a unique property of theirs, where the account has it (<c>property</c>), or always by
    /// a word in their body (<c>body</c>).
    /// </summary>
    public bool KeysInProperty => !ByBody.Equals(Text("ActivityKey"), StringComparison.OrdinalIgnoreCase);
    public IReadOnlyList<string> Streams => Text("Streams") is { } text
        ? [.. HubSpotStreams.All.Where(s => s == HubSpotStreams.Contacts || List(text).Contains(s, StringComparer.OrdinalIgnoreCase))]
        : HubSpotStreams.All;

    /// <summary>Everything wrong with the settings of a connection.</summary>
    public static IReadOnlyList<CrmProblem> Validate(CrmConnection connection)
    {
        var problems = new List<CrmProblem>();
        void Add(string setting, string problem, string repair) =>
            problems.Add(new("setting-invalid", ProblemReach.Everything, $"Connections:{connection.Name}:{setting}", problem, repair));

        var options = new HubSpotOptions(connection);
        if (connection.Token is null && (connection.ClientId is null || connection.ClientSecret is null))
            Add("Token", "There are no credentials.", "Give Token or TokenFile, or ClientId, ClientSecret and RefreshToken.");
        if (connection.QuotaShare is not (> 0 and <= 1))
            Add("QuotaShare", "It must be above 0 and at most 1.", "Write a part of one, such as 0.6.");
        if (connection.BaseUrl is { } url && HostGuard.Problem(url, Hosts, List(options.Text("TrustedHosts"))) is { } wrong)
            Add("BaseUrl", $"It {wrong}.", "Leave it out for HubSpot's own, or name the host in Mapping:Options:TrustedHosts.");
        foreach (var name in options._values.Keys.Where(n => !Names.Contains(n, StringComparer.OrdinalIgnoreCase)))
            Add($"Mapping:Options:{name}", "There is no such option.", $"Did you mean {Nearest(name)}? Known: {string.Join(", ", Names)}.");
        foreach (var name in options._values.Keys.Where(n => IsNumeric(n) && options.Number(n) is null))
            Add($"Mapping:Options:{name}", "It must be a whole number from 1 to 1,000,000,000.", "Write digits only, or leave it out.");
        if (!options.Paths.Version.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            Add("Mapping:Options:ApiVersion", "It is no version.", "Write a date such as 2026-09, or v3.");
        if (!options.CreatesLists && !Recipe.Equals(options.Text("Lists"), StringComparison.OrdinalIgnoreCase))
            Add("Mapping:Options:Lists", "There is no such way.", $"Write {Create}, or {Recipe} to make the lists by hand.");
        if (options.Text("ActivityKey") is { } key && options.KeysInProperty && !ByProperty.Equals(key, StringComparison.OrdinalIgnoreCase))
            Add("Mapping:Options:ActivityKey", "There is no such way.", $"Write {ByProperty}, or {ByBody} where the account has no unique property for tasks and notes.");
        return problems;
    }

    public static IReadOnlyList<string> List(string? text) =>
        text?.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private string? Text(string name) => _values.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private int? Number(string name) =>
        int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 1_000_000_000 ? n : null;

    private static bool IsNumeric(string name) =>
        NumericEndings.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private static string Nearest(string name) =>
        Names.MaxBy(n => n.ToLowerInvariant().Intersect(name.ToLowerInvariant()).Count() - Math.Abs(n.Length - name.Length))!;
}
