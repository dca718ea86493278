using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Has a user of the company install the app. The page takes no scopes: they are ticked with the app.</summary>
internal sealed class PipedriveAuthorization(CrmConnection connection, PipedriveOptions options, CrmHttp http, TimeProvider time) : ICrmAuthorization
{
    /// <summary>To make webhooks takes the widest of all, so it is needed only where there are to be some.</summary>
    public static IReadOnlyList<string> Needed(CrmConnection connection) =>
    [
        "base", "leads:full", "deals:full", "contacts:read", "activities:full", "users:read", "recents:read", "deal-fields:full",
        .. connection.PublicUrl is null ? Array.Empty<string>() : ["admin"],
    ];

    public Uri PageOf(AuthorizationTry attempt) => AuthorizationPage.Of(
        options.OAuthUrl, "/oauth/authorize",
        ("client_id", connection.ClientId ?? ""), ("redirect_uri", attempt.Redirect.OriginalString), ("state", attempt.State));

    public async Task<AuthorizedGrant> RedeemAsync(string code, AuthorizationTry attempt, CancellationToken cancellationToken)
    {
        using var tokens = http.CreateForTokens(connection.Name, PipedriveClient.TokenRulesOf(connection, options));
        var answer = await new PipedriveTokenEndpoint(connection, options, tokens).RedeemAsync(code, attempt.Redirect, cancellationToken).ConfigureAwait(false);
        var company = await CompanyAsync(answer.AccessToken, cancellationToken).ConfigureAwait(false);
        if (connection.AccountId is { } pinned && company is not null && company != pinned)
            throw new CrmException(CrmFailure.Refused, $"The grant is for the company {company}, not {pinned}.")
            {
                Repair = "Check AccountId, or agree as a user of the right company.",
            };
        return AuthorizationPage.GrantOf(answer with { AccountId = company }, time.GetUtcNow(), "Look at the app's settings in Pipedrive's Developer Hub.");
    }

    /// <summary>The token endpoint does not say whose the token is: its user does. Null where not even that does, and no company is wanted.</summary>
    private async Task<string?> CompanyAsync(Secret token, CancellationToken cancellationToken)
    {
        using var client = http.Create(connection.Name, PipedriveClient.RulesOf(options), new StaticToken(token));
        try
        {
            return PipedriveClient.Record(await PipedriveClient.ApiOf(client).MeAsync(options.Paths.V1, cancellationToken).ConfigureAwait(false))["company_id"];
        }
        catch (CrmException) when (connection.AccountId is null)
        {
            // The code is spent: a grant that nobody could look at yet is worth more than none.
            return null;
        }
    }
}
