using System.Text.Json;
using CrmSync.Adapters.Http;
using CrmSync.Adapters.Quota;
using Refit;

namespace CrmSync.Adapters.Salesforce;

/// <summary>One connection's way to Salesforce: the API behind token, quota and retries, and the paths of its version.</summary>
internal sealed class SalesforceClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly QuotaHandler _quota;
    private readonly HttpClient? _tokenHttp;
    private readonly TokenKeeper? _keeper;

    public SalesforceClient(CrmConnection connection, SalesforceOptions options, CrmHttp http, IGrantStore grants, IQuotaLedger ledger, TimeProvider time)
    {
        (Paths, Clock) = (options.Paths, new(time));
        var rules = new CrmHttpRules
        {
            BaseUrl = options.BaseUrl,
            // The org's own flows run within a write: a query may take this long, and a call far longer.
            TryTimeout = TimeSpan.FromSeconds(120),
            Instance = () => Session.Instance,
            IsRead = SalesforcePaths.IsRead,
            MayRenew = SalesforceErrors.MayRenewAsync,
            MayAnswerNothing = SalesforcePaths.MayAnswerNothing,
            AnswersInXml = SalesforceSoap.Is,
            Translate = SalesforceErrors.TranslateAsync,
        };
        if (options.Login != SalesforceLogin.Token)
        {
            _tokenHttp = http.CreateForTokens(connection.Name, new() { BaseUrl = options.LoginUrl, IsRead = SalesforcePaths.IsRead, Translate = (response, _, token) => SalesforceTokenErrors.TranslateAsync(response, connection.Name, options.Login, token) });
            var endpoint = new SalesforceTokenEndpoint(connection, options, Session, _tokenHttp, time);
            _keeper = options.Login == SalesforceLogin.RefreshToken
                ? new OAuthTokens(connection, grants, time, endpoint.RefreshAsync)
                : new MintedTokens(time, endpoint.MintAsync);
        }
        Tokens = _keeper ?? (ITokenSource)new StaticToken(connection.Token ?? new Secret(""));
        _quota = new(new SalesforceQuota(options), connection, ledger, time, Planner);
        _http = http.Create(connection.Name, rules, Tokens, _quota, new ServerClockHandler(Clock));
        Api = RestService.For<ISalesforceApi>(_http, Settings());
    }

    public ISalesforceApi Api { get; }
    public SalesforcePaths Paths { get; }
    public QuotaPlanner Planner { get; } = new();
    public IReadOnlyList<QuotaStatus> Quotas => _quota.Status();
    public SalesforceSession Session { get; } = new();
    public ServerClock Clock { get; }
    public ITokenSource Tokens { get; }

    /// <summary>Our own user's id, by which our changes are told from others'.</summary>
    public async Task<string?> UserIdAsync(CancellationToken cancellationToken)
    {
        if (Session.UserId is null)
            await IdentifyAsync(cancellationToken).ConfigureAwait(false);
        return Session.UserId ?? _user;
    }

    /// <summary>The org that the credentials are for; null where Salesforce does not say.</summary>
    public async Task<string?> OrgIdAsync(CancellationToken cancellationToken)
    {
        if (Session.OrgId is null)
            await IdentifyAsync(cancellationToken).ConfigureAwait(false);
        return Session.OrgId ?? _org;
    }

    /// <summary>Has the metadata service make components; answers for each null, or the code of its refusal.</summary>
    public async Task<IReadOnlyList<string?>> MetadataAsync(System.Xml.Linq.XElement call, CancellationToken cancellationToken)
    {
        var session = await Tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        using var request = SalesforceSoap.Request(Paths.Version, session, call);
        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return SalesforceSoap.Results(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
    }

    private volatile string? _user;
    private volatile string? _org;

    /// <summary>The token's answer names both; a session of somebody else's making must ask.</summary>
    private async Task IdentifyAsync(CancellationToken cancellationToken)
    {
        if (_user is not null)
            return;
        var info = await Api.UserInfoAsync(cancellationToken).ConfigureAwait(false);
        string? Text(string name) => info.ValueKind == JsonValueKind.Object && info.TryGetProperty(name, out var value) ? CrmJson.Text(value) : null;
        (_org, _user) = (Text("organization_id"), Text("user_id"));
    }

    public void Dispose()
    {
        _http.Dispose();
        _tokenHttp?.Dispose();
        _keeper?.Dispose();
    }

    private static RefitSettings Settings() => new()
    {
        ContentSerializer = new BodySerializer(CrmJson.WithNames()),
        // Errors are CrmExceptions before Refit sees them; its own would carry bodies and headers.
        TransportExceptionFactory = (_, error, _) => error,
        DeserializationExceptionFactory = (response, _) => new ValueTask<Exception?>(NotUnderstood(response.RequestMessage)),
    };

    private static CrmException NotUnderstood(HttpRequestMessage? request) => new(CrmFailure.Transient, "Salesforce's answer cannot be understood.")
    {
        OutcomeUnknown = request is not null && !SalesforcePaths.IsRead(request),
    };
}
