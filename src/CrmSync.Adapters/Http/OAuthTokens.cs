namespace CrmSync.Adapters.Http;

/// <summary>What a token endpoint answered.</summary>
/// <param name="Life">Null: the vendor does not say how long the token lives.</param>
internal sealed record TokenAnswer(Secret AccessToken, Secret? RefreshToken, TimeSpan? Life, string? AccountId)
{
    /// <summary>What the token allows; null where the answer does not say.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}

/// <summary>
/// Keeps an OAuth access token alive by its grant. What a refresh brings is saved before it is used; a grant that is refused is
/// looked up again first, since another process may have renewed it.
/// </summary>
/// <param name="refresh">Asks the token endpoint; throws <see cref="CrmFailure.Unauthorised"/> for a dead grant.</param>
internal sealed class OAuthTokens(
    CrmConnection connection, IGrantStore store, TimeProvider time, Func<Secret, CancellationToken, Task<TokenAnswer>> refresh) : TokenKeeper(time)
{
    private static readonly TimeSpan RestAfterRefusal = TimeSpan.FromMinutes(1);
    private Refusal? _refusal;

    protected override async Task<Secret> FetchAsync(Secret? refused, CancellationToken cancellationToken)
    {
        var grant = await store.ReadAsync(connection.Name, cancellationToken).ConfigureAwait(false);
        return FromStore(grant, refused) ?? await RefreshAsync(grant, cancellationToken).ConfigureAwait(false);
    }

    private Secret? FromStore(Grant? grant, Secret? refused)
    {
        if (grant is not { AccessToken: { } token, ExpiresAt: { } expires } || Same(token, refused))
            return null;
        var life = expires - Time.GetUtcNow();
        return life > TimeSpan.FromMinutes(1) ? Keep(token, life) : null;
    }

    private async Task<Secret> RefreshAsync(Grant? grant, CancellationToken cancellationToken)
    {
        var spent = grant?.RefreshToken ?? connection.RefreshToken ?? throw NoGrant();
        if (_refusal is { } past && Same(past.Grant, spent) && Time.GetElapsedTime(past.Since) < RestAfterRefusal)
            throw past.Error; // a dead grant is no reason for a storm of refreshes
        TokenAnswer answer;
        try
        {
            answer = await refresh(spent, cancellationToken).ConfigureAwait(false);
        }
        catch (CrmException e) when (e.Failure == CrmFailure.Unauthorised)
        {
            var later = await store.ReadAsync(connection.Name, cancellationToken).ConfigureAwait(false);
            if (later is null || Same(later.RefreshToken, spent))
            {
                _refusal = new Refusal(spent, Time.GetTimestamp(), e);
                throw;
            }
            if (FromStore(later, null) is { } renewedElsewhere)
                return renewedElsewhere;
            spent = later.RefreshToken;
            answer = await refresh(spent, cancellationToken).ConfigureAwait(false);
        }
        var saved = new Grant(answer.RefreshToken ?? spent, answer.AccessToken, Time.GetUtcNow() + answer.Life) { Scopes = answer.Scopes ?? grant?.Scopes };
        // Not cancellable: the old grant may be spent, so the new one must not be lost on the way to the store.
        await store.SaveAsync(connection.Name, saved, CancellationToken.None).ConfigureAwait(false);
        return Keep(answer.AccessToken, answer.Life);
    }

    private CrmException NoGrant() => new(CrmFailure.Unauthorised, "There is no OAuth grant for this connection.")
    {
        Repair = $"Authorise the app: crmsync auth login {connection.Name}. Or set Connections:{connection.Name}:RefreshToken.",
    };

    private sealed record Refusal(Secret Grant, long Since, CrmException Error);
}
