using System.Text.Json;
using Refit;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Salesforce's endpoints. The first argument of each is the path that the API version makes (<see cref="SalesforcePaths"/>).
/// </summary>
internal interface ISalesforceApi
{
    [Get("/services/data/")]
    Task<List<SalesforceVersion>> VersionsAsync(CancellationToken cancellationToken);

    [Get("/services/oauth2/userinfo")]
    Task<JsonElement> UserInfoAsync(CancellationToken cancellationToken);

    /// <param name="kind"><c>query</c>, or <c>queryAll</c>, which shows deleted records too.</param>
    [Get("/{**data}/{kind}")]
    Task<SalesforcePage> QueryAsync(string data, string kind, string q, CancellationToken cancellationToken);

    /// <summary>The next page, by the path that the page before it told.</summary>
    [Get("/{**path}")]
    Task<SalesforcePage> MoreAsync(string path, CancellationToken cancellationToken);

    /// <summary>Only asked: none of the subrequests changes anything.</summary>
    [Post("/{**data}/composite")]
    Task<SalesforceCompositeAnswer> CompositeAsync(string data, [Body] SalesforceComposite composite, CancellationToken cancellationToken);

    [Get("/{**data}/sobjects/{type}/describe")]
    Task<SalesforceDescription> DescribeAsync(string data, string type, CancellationToken cancellationToken);

    [Patch("/{**data}/composite/sobjects")]
    Task<List<SalesforceRow?>> UpdateAsync(
        string data, [Body] SalesforceRows rows, [Header("Sforce-Auto-Assign")] string assign, [Header("Sforce-Duplicate-Rule-Header")] string duplicates,
        CancellationToken cancellationToken);

    [Patch("/{**data}/composite/sobjects/{type}/{key}")]
    Task<List<SalesforceRow?>> UpsertAsync(
        string data, string type, string key, [Body] SalesforceRows rows, [Header("Sforce-Auto-Assign")] string assign, CancellationToken cancellationToken);

    [Post("/{**data}/composite/sobjects")]
    Task<List<SalesforceRow?>> CreateAsync(string data, [Body] SalesforceRows rows, [Header("Sforce-Auto-Assign")] string assign, CancellationToken cancellationToken);

    [Patch("/{**data}/sobjects/{type}/{id}")]
    Task PatchAsync(
        string data, string type, string id, [Body] Dictionary<string, object?> fields, [Header("If-Unmodified-Since")] string since,
        [Header("Sforce-Auto-Assign")] string assign, [Header("Sforce-Call-Options")] string caller, [Header("Sforce-Duplicate-Rule-Header")] string duplicates,
        CancellationToken cancellationToken);

    [Get("/{**data}/tooling/query")]
    Task<SalesforcePage> ToolingQueryAsync(string data, string q, CancellationToken cancellationToken);

    [Post("/{**data}/tooling/sobjects/{type}")]
    Task<SalesforceRow> CreateToolingAsync(string data, string type, [Body] JsonElement definition, CancellationToken cancellationToken);

    [Patch("/{**data}/tooling/sobjects/{type}/{id}")]
    Task PatchToolingAsync(string data, string type, string id, [Body] JsonElement definition, CancellationToken cancellationToken);

    [Get("/{**data}/tooling/sobjects/{type}/{id}")]
    Task<JsonElement> ToolingAsync(string data, string type, string id, CancellationToken cancellationToken);

    [Post("/{**data}/sobjects/{type}")]
    Task<SalesforceRow> CreateOneAsync(string data, string type, [Body] Dictionary<string, object?> fields, CancellationToken cancellationToken);
}

/// <summary>Paths of one API version, and which requests only ask.</summary>
internal sealed record SalesforcePaths(string Version)
{
    public const string Token = "services/oauth2/token";
    private const string DataRoot = "services/data/v";

    public string Data => $"{DataRoot}{Version}";

    public bool IsVersion => Version.Split('.') is [{ Length: > 0 } whole, "0"] && whole.All(char.IsAsciiDigit);

    /// <summary>The path as it stands inside a composite request.</summary>
    public string Inside(string rest) => $"/{Data}/{rest}";

    /// <summary>
    /// The path of a further page, fit to be asked for; null for anything that is not of our own host and API: it comes in an
    /// answer and is no more to be trusted than one.
    /// </summary>
    public static string? Further(string? told) =>
        told?.Length < 300 && told.StartsWith('/' + DataRoot, StringComparison.Ordinal) && !told.Contains("..", StringComparison.Ordinal)
        && !told.Contains("//", StringComparison.Ordinal) && told.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_')
            ? told[1..]
            : null;

    /// <summary>A change of one record by its id is answered with nothing.</summary>
    public static bool MayAnswerNothing(HttpRequestMessage request) =>
        request.Method == HttpMethod.Patch && request.RequestUri?.AbsolutePath.Contains("/composite", StringComparison.Ordinal) == false;

    public static bool IsRead(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || request.Method == HttpMethod.Post && request.RequestUri?.AbsolutePath.EndsWith("/composite", StringComparison.Ordinal) == true;
}
