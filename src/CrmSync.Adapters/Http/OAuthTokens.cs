namespace CrmSync.Adapters.Http;

/// <summary>What a token endpoint answered.</summary>
internal sealed record TokenAnswer(Secret AccessToken, Secret? RefreshToken, TimeSpan Life, string? AccountId);

/// <summary>
/// Keeps an OAuth access token alive. One refresh at a time, saved before it is used; a grant that is refused is looked up
/// again first, since another process may have renewed it.
/// </summary>
/// <param name="refresh">Asks the token endpoint; throws <see cref="CrmFailure.Unauthorised"/> for a dead grant.</param>
internal sealed class OAuthTokens(
    CrmConnection connection, IGrantStore store, TimeProvider time, Func<Secret, CancellationToken, Task<TokenAnswer>> refresh) : ITokenSource, IDisposable
{
    private static readonly TimeSpan RestAfterRefusal = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _single = new(1, 1);
    private volatile Live? _live;
    private Refusal? _refusal;

    public async ValueTask<Secret> GetAsync(CancellationToken cancellationToken) =>
        Usable() ?? await SingleAsync(null, cancellationToken).ConfigureAwait(false);

    public async ValueTask<Secret?> RenewAsync(Secret refused, CancellationToken cancellationToken) =>
        await SingleAsync(refused, cancellationToken).ConfigureAwait(false);

    public void Dispose() => _single.Dispose();

    private Secret? Usable() => _live is { } live && time.GetElapsedTime(live.Since) < live.Life ? live.Token : null;

    private async Task<Secret> SingleAsync(Secret? refused, CancellationToken cancellationToken)
    {
        await _single.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Usable() is { } current && !Same(current, refused))
                return current; // whoever was before us in line has renewed it
            var grant = await store.ReadAsync(connection.Name, cancellationToken).ConfigureAwait(false);
            return FromStore(grant, refused) ?? await RefreshAsync(grant, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _single.Release();
        }
    }

    private Secret? FromStore(Grant? grant, Secret? refused)
    {
        if (grant is not { AccessToken: { } token, ExpiresAt: { } expires } || Same(token, refused))
            return null;
        var life = expires - time.GetUtcNow();
        return life > TimeSpan.FromMinutes(1) ? Keep(token, life) : null;
    }

    private async Task<Secret> RefreshAsync(Grant? grant, CancellationToken cancellationToken)
    {
        var spent = grant?.RefreshToken ?? connection.RefreshToken ?? throw NoGrant();
        if (_refusal is { } past && Same(past.Grant, spent) && time.GetElapsedTime(past.Since) < RestAfterRefusal)
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
                _refusal = new Refusal(spent, time.GetTimestamp(), e);
                throw;
            }
            if (FromStore(later, null) is { } renewedElsewhere)
                return renewedElsewhere;
            spent = later.RefreshToken;
            answer = await refresh(spent, cancellationToken).ConfigureAwait(false);
        }
        var saved = new Grant(answer.RefreshToken ?? spent, answer.AccessToken, time.GetUtcNow() + answer.Life);
        // Not cancellable: the old grant may be spent, so the new one must not be lost on the way to the store.
        await store.SaveAsync(connection.Name, saved, CancellationToken.None).ConfigureAwait(false);
        return Keep(answer.AccessToken, answer.Life);
    }

    private CrmException NoGrant() => new(CrmFailure.Unauthorised, "There is no OAuth grant for this connection.")
    {
        Repair = $"Authorise the app again and set Connections:{connection.Name}:RefreshToken.",
    };

    private Secret Keep(Secret token, TimeSpan life)
    {
        // Renewed a little early, so that no request leaves with a token that dies on the way.
        var early = TimeSpan.FromTicks(Math.Min(TimeSpan.FromMinutes(1).Ticks, life.Ticks / 10));
        _live = new Live(token, time.GetTimestamp(), life - early);
        return token;
    }

    private static bool Same(Secret a, Secret? b) => b is not null && a.Reveal() == b.Reveal();

    private sealed record Refusal(Secret Grant, long Since, CrmException Error);

    private sealed record Live(Secret Token, long Since, TimeSpan Life);
}
