using CrmSync.Adapters.Http;
using CrmSync.Adapters.Quota;
using Refit;

namespace CrmSync.Adapters.HubSpot;

/// <summary>One connection's way to HubSpot: the API behind token, quota and retries, and the paths of its version.</summary>
internal sealed class HubSpotClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly QuotaHandler _quota;
    private readonly HttpClient? _tokens;
    private readonly OAuthTokens? _oauth;

    public HubSpotClient(CrmConnection connection, HubSpotOptions options, CrmHttp http, IGrantStore grants, IQuotaLedger ledger, TimeProvider time)
    {
        Paths = options.Paths;
        var rules = new CrmHttpRules
        {
            BaseUrl = connection.BaseUrl ?? HubSpotOptions.DefaultBaseUrl,
            IsRead = HubSpotPaths.IsRead,
            Translate = HubSpotErrors.TranslateAsync,
        };
        ITokenSource tokens;
        if (options.IsOAuth)
        {
            _tokens = http.CreateForTokens(connection.Name, rules);
            var endpoint = new HubSpotTokenEndpoint(connection, Paths, _tokens);
            tokens = _oauth = new OAuthTokens(connection, grants, time, endpoint.RefreshAsync);
        }
        else
        {
            tokens = new StaticToken(connection.Token ?? new Secret(""));
        }
        _quota = new(new HubSpotQuota(options), connection, ledger, time, Planner);
        _http = http.Create(connection.Name, rules, tokens, _quota);
        Api = RestService.For<IHubSpotApi>(_http, Settings());
    }

    public IHubSpotApi Api { get; }
    public HubSpotPaths Paths { get; }
    public QuotaPlanner Planner { get; } = new();
    public IReadOnlyList<QuotaStatus> Quotas => _quota.Status();

    private static RefitSettings Settings() => new()
    {
        ContentSerializer = new BodySerializer(CrmJson.WithNames()),
        // Errors are CrmExceptions before Refit sees them; its own would carry bodies and headers.
        TransportExceptionFactory = (_, error, _) => error,
        DeserializationExceptionFactory = (response, _) => new ValueTask<Exception?>(NotUnderstood(response.RequestMessage)),
    };

    private static CrmException NotUnderstood(HttpRequestMessage? request) => new(CrmFailure.Transient, "HubSpot's answer cannot be understood.")
    {
        OutcomeUnknown = request is not null && !HubSpotPaths.IsRead(request),
    };

    /// <summary>The results of an answer; one without any list of them is no answer, and must move no position.</summary>
    public static List<Received<T>> Results<T>(List<Received<T>>? results, bool write = false) where T : class =>
        results ?? throw new CrmException(CrmFailure.Transient, "HubSpot's answer has no results.") { OutcomeUnknown = write };

    /// <summary>The records of a page that can be understood.</summary>
    public static IEnumerable<HubSpotObject> Records(List<Received<HubSpotObject>>? results, bool write = false) =>
        Results(results, write).Select(r => r.Record).OfType<HubSpotObject>().Where(o => !string.IsNullOrEmpty(o.Id));

    public void Dispose()
    {
        _http.Dispose();
        _tokens?.Dispose();
        _oauth?.Dispose();
    }
}
