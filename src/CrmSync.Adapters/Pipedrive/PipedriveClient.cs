using CrmSync.Adapters.Http;
using CrmSync.Adapters.Quota;
using Refit;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>One connection's way to Pipedrive: the API behind token, quota and retries, and the paths of its two versions.</summary>
internal sealed class PipedriveClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpClient? _tokenHttp;
    private readonly OAuthTokens? _oauth;
    private readonly QuotaHandler _quota;

    public PipedriveClient(CrmConnection connection, PipedriveOptions options, CrmHttp http, IGrantStore grants, IQuotaLedger ledger, ServerClock clock, TimeProvider time)
    {
        Paths = options.Paths;
        var rules = RulesOf(options);
        ITokenSource tokens = new StaticToken(connection.Token ?? new Secret(""));
        if (options.IsOAuth)
        {
            _tokenHttp = http.CreateForTokens(connection.Name, TokenRulesOf(connection, options));
            tokens = _oauth = new OAuthTokens(connection, grants, time, new PipedriveTokenEndpoint(connection, options, _tokenHttp).RefreshAsync);
        }
        _quota = new(new PipedriveQuota(options), connection, ledger, time, Planner);
        _http = http.Create(connection.Name, rules, tokens, _quota, new ServerClockHandler(clock));
        Api = ApiOf(_http);
    }

    public IPipedriveApi Api { get; }
    public PipedrivePaths Paths { get; }
    public QuotaPlanner Planner { get; } = new();
    public IReadOnlyList<QuotaStatus> Quotas => _quota.Status();

    /// <summary>How requests to the API of a connection are made.</summary>
    public static CrmHttpRules RulesOf(PipedriveOptions options) => new()
    {
        BaseUrl = options.BaseUrl,
        IsRead = PipedrivePaths.IsRead,
        TokenHeader = options.IsOAuth ? null : "x-api-token",
        MayAnswerNothing = PipedrivePaths.MayAnswerNothing,
        Translate = PipedriveErrors.TranslateAsync,
    };

    /// <summary>How the token endpoint of a connection is asked.</summary>
    public static CrmHttpRules TokenRulesOf(CrmConnection connection, PipedriveOptions options) => RulesOf(options) with
    {
        BaseUrl = options.OAuthUrl,
        Translate = (response, _, cancellationToken) => PipedriveTokenErrors.TranslateAsync(response, connection.Name, cancellationToken),
    };

    public static IPipedriveApi ApiOf(HttpClient http) => RestService.For<IPipedriveApi>(http, Settings());

    /// <summary>The records of a page that can be understood; one that says it failed is no answer, and must move no position.</summary>
    public static List<PipedriveRecord> Records(PipedrivePage page)
    {
        if (page.Success == false)
            throw new CrmException(CrmFailure.Transient, "Pipedrive's answer says that it failed.");
        return [.. (page.Data ?? []).Select(r => r.Record).OfType<PipedriveRecord>().Where(r => r.Id is not null)];
    }

    /// <summary>The record of an answer to a read.</summary>
    public static PipedriveRecord Record(PipedriveOne answer) =>
        answer is { Success: not false, Data: { } record } ? record : throw new CrmException(CrmFailure.Transient, "Pipedrive's answer has no record.");

    /// <summary>Null where the record is not there.</summary>
    public static async Task<PipedriveRecord?> FindAsync(Task<PipedriveOne> asked)
    {
        try
        {
            return Record(await asked.ConfigureAwait(false));
        }
        catch (CrmException e) when (e.Failure == CrmFailure.NotFound)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _tokenHttp?.Dispose();
        _oauth?.Dispose();
    }

    private static RefitSettings Settings() => new()
    {
        ContentSerializer = new BodySerializer(PipedriveJson.WithNames()),
        // Errors are CrmExceptions before Refit sees them; its own would carry bodies and headers.
        TransportExceptionFactory = (_, error, _) => error,
        DeserializationExceptionFactory = (response, _) => new ValueTask<Exception?>(NotUnderstood(response.RequestMessage)),
    };

    private static CrmException NotUnderstood(HttpRequestMessage? request) => new(CrmFailure.Transient, "Pipedrive's answer cannot be understood.")
    {
        OutcomeUnknown = request is not null && !PipedrivePaths.IsRead(request),
    };
}
