namespace CrmSync.Adapters.Http;

/// <summary>
/// Holds the access token in force. Whoever finds it over or refused fetches the next one, one at a time; all others who stand
/// in line take what that one brought.
/// </summary>
internal abstract class TokenKeeper(TimeProvider time) : ITokenSource, IDisposable
{
    private readonly SemaphoreSlim _single = new(1, 1);
    private volatile Live? _live;

    protected TimeProvider Time => time;

    public async ValueTask<Secret> GetAsync(CancellationToken cancellationToken) =>
        Usable() ?? await SingleAsync(null, cancellationToken).ConfigureAwait(false);

    public async ValueTask<Secret?> RenewAsync(Secret refused, CancellationToken cancellationToken) =>
        await SingleAsync(refused, cancellationToken).ConfigureAwait(false);

    public void Dispose()
    {
        _single.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Brings a token and hands it to <see cref="Keep"/>. Never called twice at once.</summary>
    /// <param name="refused">A token that is no good any more; null where none is at hand.</param>
    protected abstract Task<Secret> FetchAsync(Secret? refused, CancellationToken cancellationToken);

    /// <param name="life">Null: nobody knows until it is refused.</param>
    protected Secret Keep(Secret token, TimeSpan? life)
    {
        // Renewed a little early, so that no request leaves with a token that dies on the way.
        var early = life is { } known ? TimeSpan.FromTicks(Math.Min(TimeSpan.FromMinutes(1).Ticks, known.Ticks / 10)) : TimeSpan.Zero;
        _live = new Live(token, time.GetTimestamp(), life - early);
        return token;
    }

    protected static bool Same(Secret a, Secret? b) => b is not null && a.Reveal() == b.Reveal();

    private Secret? Usable() => _live is { } live && !(time.GetElapsedTime(live.Since) >= live.Life) ? live.Token : null;

    private async Task<Secret> SingleAsync(Secret? refused, CancellationToken cancellationToken)
    {
        await _single.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Usable() is { } current && !Same(current, refused))
                return current; // whoever was before us in line has renewed it
            return await FetchAsync(refused, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _single.Release();
        }
    }

    private sealed record Live(Secret Token, long Since, TimeSpan? Life);
}
