using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Salesforce;

/// <summary>
/// Asks for tokens. Each answer says where the org lives: a host outside the list, or another org than the pinned one, is
/// refused before the token is used.
/// </summary>
internal sealed class SalesforceTokenEndpoint(
    CrmConnection connection, SalesforceOptions options, SalesforceSession session, HttpClient http, TimeProvider time)
{
    private static readonly JsonSerializerOptions Snake = new(CrmJson.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>In the app's own name, by its secret or by an assertion signed with its key.</summary>
    public Task<TokenAnswer> MintAsync(CancellationToken cancellationToken) => AskAsync(
        options.Login == SalesforceLogin.Assertion
            ? new()
            {
                ["grant_type"] = "urn:ietf:params:oauth:grant-type:jwt-bearer",
                ["assertion"] = SalesforceAssertion.Make(connection.ClientId!, options.Username!, options.Audience, connection.ClientSecret!, time.GetUtcNow() + options.AssertionLife),
            }
            : new()
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = connection.ClientId!,
                ["client_secret"] = connection.ClientSecret?.Reveal() ?? "",
            },
        cancellationToken);

    public Task<TokenAnswer> RefreshAsync(Secret refreshToken, CancellationToken cancellationToken) =>
        AskAsync(WithApp(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken.Reveal() }), cancellationToken);

    /// <summary>Spends the code of a consent.</summary>
    public Task<TokenAnswer> RedeemAsync(string code, AuthorizationTry attempt, CancellationToken cancellationToken) => AskAsync(
        WithApp(new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = attempt.Redirect.OriginalString,
            ["code_verifier"] = attempt.Verifier.Reveal(),
        }),
        cancellationToken);

    private Dictionary<string, string> WithApp(Dictionary<string, string> form)
    {
        form["client_id"] = connection.ClientId!;
        if (connection.ClientSecret is { } secret)
            form["client_secret"] = secret.Reveal();
        return form;
    }

    private async Task<TokenAnswer> AskAsync(Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(form, cancellationToken).ConfigureAwait(false);
        if (answer.AccessToken is not { Length: > 0 } token)
            throw new CrmException(CrmFailure.Transient, "The token endpoint answered without a token.");
        if (answer.TokenType is { } type && !type.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            throw new CrmException(CrmFailure.Refused, "Salesforce issued a token that is bound to a key, which is not supported.") { Repair = "Turn off DPoP for the app." };
        var instance = InstanceOf(answer);
        session.Learn(instance, answer.Id);
        if (connection.AccountId is { } pinned && session.OrgId is { } org && !SalesforceId.Same(org, pinned))
            throw new CrmException(CrmFailure.Refused, $"The grant is for the org {org}, not {pinned}.")
            {
                Repair = "Check AccountId, or use the credentials of the right org.",
            };
        return new(new Secret(token), answer.RefreshToken is { Length: > 0 } next ? new Secret(next) : null, null, session.OrgId) { Scopes = AuthorizationPage.Scopes(answer.Scope) };
    }

    private Uri InstanceOf(SalesforceTokenAnswer answer)
    {
        if (!Uri.TryCreate(answer.InstanceUrl, UriKind.Absolute, out var instance))
            throw new CrmException(CrmFailure.Transient, "The token endpoint did not say where the org lives.");
        return options.ProblemOfInstance(instance) is { } wrong
            ? throw new CrmException(CrmFailure.Refused, $"The token endpoint sends us to the host '{instance.Host}', which {wrong}.")
            {
                Repair = "Check BaseUrl; name the host in Mapping:Options:TrustedHosts if it is the org's.",
            }
            : instance;
    }

    private async Task<SalesforceTokenAnswer> PostAsync(Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var response = await http.PostAsync(new Uri(SalesforcePaths.Token, UriKind.Relative), content, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize<SalesforceTokenAnswer>(body, Snake) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CrmException(CrmFailure.Transient, "The token endpoint's answer cannot be understood.");
        }
        // Nothing in the CRM was changed, whatever became of the token.
        catch (CrmException e) when (e.OutcomeUnknown)
        {
            throw new CrmException(e.Failure, e.Message, e) { Repair = e.Repair };
        }
    }
}
