using System.Globalization;
using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.HubSpot;

/// <summary>Spends a refresh token. A token for another account than the pinned one is refused before it is used.</summary>
internal sealed class HubSpotTokenEndpoint(CrmConnection connection, HubSpotPaths paths, HttpClient http)
{
    private static readonly JsonSerializerOptions Snake = new(CrmJson.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public Task<TokenAnswer> RefreshAsync(Secret refreshToken, CancellationToken cancellationToken) =>
        AskAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken.Reveal() }, cancellationToken);

    /// <summary>Spends the code of a consent.</summary>
    public Task<TokenAnswer> RedeemAsync(string code, Uri redirect, CancellationToken cancellationToken) =>
        AskAsync(new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirect.OriginalString }, cancellationToken);

    private async Task<TokenAnswer> AskAsync(Dictionary<string, string> fields, CancellationToken cancellationToken)
    {
        fields["client_id"] = connection.ClientId ?? "";
        fields["client_secret"] = connection.ClientSecret?.Reveal() ?? "";
        using var form = new FormUrlEncodedContent(fields);
        var answer = await PostAsync(form, cancellationToken).ConfigureAwait(false);
        if (connection.AccountId is { } pinned && answer.HubId is { } account && account != pinned)
            throw new CrmException(CrmFailure.Refused, string.Create(CultureInfo.InvariantCulture, $"The grant is for account {account}, not {pinned}."))
            {
                Repair = $"Check AccountId, or authorise the app in the right account: crmsync auth login {connection.Name}.",
            };
        return answer.AccessToken is { Length: > 0 } token
            ? new(new Secret(token), answer.RefreshToken is { Length: > 0 } next ? new Secret(next) : null, Life(answer), answer.HubId) { Scopes = answer.Scopes }
            : throw new CrmException(CrmFailure.Transient, "The token endpoint answered without a token.");
    }

    private async Task<HubSpotTokenAnswer> PostAsync(FormUrlEncodedContent form, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.PostAsync(new Uri(paths.Token, UriKind.Relative), form, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize<HubSpotTokenAnswer>(body, Snake) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CrmException(CrmFailure.Transient, "The token endpoint's answer cannot be understood.");
        }
        // invalid_grant comes as a 400; anything else of that class also means that this grant gives no token.
        catch (CrmException e) when (e.Failure is CrmFailure.Refused or CrmFailure.Unauthorised)
        {
            throw new CrmException(CrmFailure.Unauthorised, "HubSpot no longer accepts the OAuth grant.", e)
            {
                Repair = $"Authorise the app again: crmsync auth login {connection.Name}. Or set Connections:{connection.Name}:RefreshToken.",
            };
        }
        // Nothing in the CRM was changed, whatever became of the token.
        catch (CrmException e) when (e.OutcomeUnknown)
        {
            throw new CrmException(e.Failure, e.Message, e);
        }
    }

    private static TimeSpan Life(HubSpotTokenAnswer answer) =>
        TimeSpan.FromSeconds((double)Math.Clamp(answer.ExpiresIn ?? 0, 60, 86_400));
}
