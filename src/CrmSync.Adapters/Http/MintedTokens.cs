namespace CrmSync.Adapters.Http;

/// <summary>
/// Keeps an access token that the app asks for in its own name (client credentials, signed assertion): there is no grant to
/// save, and a lost token is simply asked for again.
/// </summary>
/// <param name="mint">Asks the token endpoint; throws <see cref="CrmFailure.Unauthorised"/> where it refuses the app.</param>
internal sealed class MintedTokens(TimeProvider time, Func<CancellationToken, Task<TokenAnswer>> mint) : TokenKeeper(time)
{
    private static readonly TimeSpan RestAfterRefusal = TimeSpan.FromMinutes(1);
    private Refusal? _refusal;

    protected override async Task<Secret> FetchAsync(Secret? refused, CancellationToken cancellationToken)
    {
        if (_refusal is { } past && Time.GetElapsedTime(past.Since) < RestAfterRefusal)
            throw past.Error; // an app that is refused is no reason for a storm of calls
        try
        {
            var answer = await mint(cancellationToken).ConfigureAwait(false);
            _refusal = null;
            return Keep(answer.AccessToken, answer.Life);
        }
        catch (CrmException e) when (e.Failure is CrmFailure.Unauthorised or CrmFailure.Refused)
        {
            _refusal = new(Time.GetTimestamp(), e);
            throw;
        }
    }

    private sealed record Refusal(long Since, CrmException Error);
}
