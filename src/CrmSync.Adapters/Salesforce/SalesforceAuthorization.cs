using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Salesforce;

/// <summary>Has the user sign in as whom CrmSync is to work, and let the app in.</summary>
internal sealed class SalesforceAuthorization(CrmConnection connection, SalesforceOptions options, CrmHttp http, TimeProvider time) : ICrmAuthorization
{
    public const string Page = "/services/oauth2/authorize";

    /// <summary>Without the second the grant would end with its first token.</summary>
    public static IReadOnlyList<string> Needed(SalesforceOptions options) =>
        options.Login == SalesforceLogin.RefreshToken ? ["api", "refresh_token"] : ["api"];

    public Uri PageOf(AuthorizationTry attempt) => AuthorizationPage.Of(
        options.LoginUrl, Page,
        ("response_type", "code"), ("client_id", connection.ClientId ?? ""), ("redirect_uri", attempt.Redirect.OriginalString), ("scope", string.Join(' ', Needed(options))),
        ("state", attempt.State), ("code_challenge", attempt.Challenge), ("code_challenge_method", "S256"));

    public async Task<AuthorizedGrant> RedeemAsync(string code, AuthorizationTry attempt, CancellationToken cancellationToken)
    {
        using var tokens = http.CreateForTokens(connection.Name, new()
        {
            BaseUrl = options.LoginUrl, IsRead = SalesforcePaths.IsRead, Translate = (response, _, token) => SalesforceTokenErrors.TranslateAsync(response, connection.Name, options.Login, token),
        });
        var answer = await new SalesforceTokenEndpoint(connection, options, new(), tokens, time).RedeemAsync(code, attempt, cancellationToken).ConfigureAwait(false);
        return AuthorizationPage.GrantOf(answer, time.GetUtcNow(), "Add the scope refresh_token (\"Perform requests at any time\") to the app.");
    }
}
