using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.HubSpot;

/// <summary>Has an admin of the HubSpot account install the app.</summary>
internal sealed class HubSpotAuthorization(CrmConnection connection, HubSpotOptions options, CrmHttp http, TimeProvider time) : ICrmAuthorization
{
    private static readonly Uri Pages = new("https://app.hubspot.com");

    /// <summary>What every token of an app has; it is no right to anything.</summary>
    public const string Always = "oauth";

    /// <summary>Tasks and notes go by the scopes of contacts.</summary>
    public static IReadOnlyList<string> Needed(HubSpotOptions options) =>
    [
        Always, "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.schemas.contacts.write", "crm.objects.companies.read",
        "crm.objects.deals.read", "crm.objects.owners.read", .. options.CreatesLists ? ["crm.lists.read", "crm.lists.write"] : Array.Empty<string>(),
    ];

    public Uri PageOf(AuthorizationTry attempt) => AuthorizationPage.Of(
        connection.BaseUrl is { IsLoopback: true } here ? here : Pages,
        connection.AccountId is { } account ? $"/oauth/{Uri.EscapeDataString(account)}/authorize" : "/oauth/authorize",
        ("client_id", connection.ClientId ?? ""), ("redirect_uri", attempt.Redirect.OriginalString), ("scope", string.Join(' ', Needed(options))), ("state", attempt.State));

    public async Task<AuthorizedGrant> RedeemAsync(string code, AuthorizationTry attempt, CancellationToken cancellationToken)
    {
        using var tokens = http.CreateForTokens(connection.Name, new()
        {
            BaseUrl = connection.BaseUrl ?? HubSpotOptions.DefaultBaseUrl, IsRead = HubSpotPaths.IsRead, Translate = HubSpotErrors.TranslateAsync,
        });
        var answer = await new HubSpotTokenEndpoint(connection, options.Paths, tokens).RedeemAsync(code, attempt.Redirect, cancellationToken).ConfigureAwait(false);
        return AuthorizationPage.GrantOf(answer, time.GetUtcNow(), "Look at the app's settings in HubSpot.");
    }
}
