using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CrmSync.Adapters.Http;

namespace CrmSync.Adapters.Pipedrive;

/// <summary>Spends a refresh token. The answer may bring the same one or another, and names the company's host, which is checked.</summary>
internal sealed class PipedriveTokenEndpoint(CrmConnection connection, PipedriveOptions options, HttpClient http)
{
    public Task<TokenAnswer> RefreshAsync(Secret refreshToken, CancellationToken cancellationToken) =>
        AskAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken.Reveal() }, cancellationToken);

    /// <summary>Spends the code of a consent.</summary>
    public Task<TokenAnswer> RedeemAsync(string code, Uri redirect, CancellationToken cancellationToken) =>
        AskAsync(new() { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirect.OriginalString }, cancellationToken);

    private async Task<TokenAnswer> AskAsync(Dictionary<string, string> fields, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(PipedrivePaths.Token, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent(fields),
        };
        var client = Encoding.UTF8.GetBytes($"{connection.ClientId}:{connection.ClientSecret?.Reveal()}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(client));
        var answer = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (Uri.TryCreate(answer.ApiDomain, UriKind.Absolute, out var host) && options.ProblemOf(host) is { } wrong)
            throw new CrmException(CrmFailure.Refused, $"The token endpoint names the host '{host.Host}', which {wrong}.")
            {
                Repair = "Check BaseUrl; name the host in Mapping:Options:TrustedHosts if it is the company's.",
            };
        return answer.AccessToken is { Length: > 0 } token
            ? new(new Secret(token), answer.RefreshToken is { Length: > 0 } next ? new Secret(next) : null, TimeSpan.FromSeconds((double)Math.Clamp(answer.ExpiresIn ?? 0, 60, 86_400)), null)
            {
                Scopes = AuthorizationPage.Scopes(answer.Scope),
            }
            : throw new CrmException(CrmFailure.Transient, "The token endpoint answered without a token.");
    }

    private async Task<PipedriveTokenAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize<PipedriveTokenAnswer>(body, PipedriveJson.Options) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new CrmException(CrmFailure.Transient, "The token endpoint's answer cannot be understood.");
        }
        // Nothing in the CRM was changed, whatever became of the token. Whoever sends us elsewhere has refused no grant.
        catch (CrmException e) when (e.OutcomeUnknown || e.Failure == CrmFailure.Refused)
        {
            throw new CrmException(e.Failure == CrmFailure.Refused ? CrmFailure.Transient : e.Failure, e.Message, e) { Repair = e.Repair };
        }
    }
}
