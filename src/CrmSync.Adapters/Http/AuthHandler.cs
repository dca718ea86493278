using System.Net;
using System.Net.Http.Headers;

namespace CrmSync.Adapters.Http;

/// <summary>Where bearer tokens come from.</summary>
internal interface ITokenSource
{
    ValueTask<Secret> GetAsync(CancellationToken cancellationToken);

    /// <summary>A token was refused. Another one to try once, or null where there is none.</summary>
    ValueTask<Secret?> RenewAsync(Secret refused, CancellationToken cancellationToken);
}

/// <summary>A token that lives until a person rotates it.</summary>
internal sealed class StaticToken(Secret token) : ITokenSource
{
    public ValueTask<Secret> GetAsync(CancellationToken cancellationToken) => ValueTask.FromResult(token);

    public ValueTask<Secret?> RenewAsync(Secret refused, CancellationToken cancellationToken) => ValueTask.FromResult<Secret?>(null);
}

/// <summary>
/// Adds the token. A refused one is renewed and the request sent once more, writes too: a refusal applied nothing.
/// </summary>
internal sealed class AuthHandler(ITokenSource tokens, CrmHttpRules rules) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        var response = await SendAsync(request, token, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !await rules.MayRenew(response, cancellationToken).ConfigureAwait(false))
            return response;
        if (await tokens.RenewAsync(token, cancellationToken).ConfigureAwait(false) is not { } renewed)
            return response;
        response.Dispose();
        return await SendAsync(request, renewed, cancellationToken).ConfigureAwait(false);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Secret token, CancellationToken cancellationToken)
    {
        if (rules.TokenHeader is { } header)
        {
            request.Headers.Remove(header);
            request.Headers.TryAddWithoutValidation(header, token.Reveal());
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        }
        return base.SendAsync(request, cancellationToken);
    }
}
