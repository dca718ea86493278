namespace CrmSync.Adapters.Quota;

/// <summary>
/// Blocks of requests recorded in the ledger before they are used. A block may be used until its instant, which lies a
/// little ahead: whoever starts after a crash counts all of it as spent then, however much of it was. Callers take turns.
/// </summary>
internal sealed class QuotaReservation(QuotaLimit limit, string connection, IQuotaLedger ledger, TimeProvider time) : IDisposable
{
    private readonly TimeSpan _valid = limit.Window > TimeSpan.FromHours(1) ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(10);

    /// <summary>A block that a crash leaves unused is lost: of a whole day it may be no large part.</summary>
    private readonly int _mostPart = limit.Window > TimeSpan.FromHours(1) ? 50 : 2;
    private readonly SemaphoreSlim _loading = new(1, 1);
    private bool _loaded;
    private int _size = 1;
    private int _left;
    private long _since;

    /// <summary>Once, at the start: what earlier processes may have spent of the window that is open now.</summary>
    public async Task LoadAsync(Action<TimeSpan, int> remember, CancellationToken cancellationToken)
    {
        if (_loaded)
            return;
        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = time.GetUtcNow();
            var spent = await ledger.ReadAsync(connection, limit.Budget, now - limit.Window, cancellationToken).ConfigureAwait(false);
            foreach (var use in spent.OrderBy(u => u.At))
            {
                var ago = now - use.At;
                if (ago < -_valid)
                    ago = -_valid; // the wall clock was set back: no block reaches further ahead than this
                if (ago < limit.Window)
                    remember(ago, use.Count);
            }
            _loaded = true;
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Takes a cost from the block at hand, or records a new block: twice as large under traffic, just the cost when idle.</summary>
    public async Task SpendAsync(int cost, int share, CancellationToken cancellationToken)
    {
        var fresh = _since != 0 && time.GetElapsedTime(_since) < _valid;
        if (!fresh || _left < cost)
        {
            _size = Math.Max(cost, fresh ? Math.Min(_size * 2, Math.Max(1, share / _mostPart)) : cost);
            await ledger.AddAsync(connection, limit.Budget, new QuotaUse(time.GetUtcNow() + _valid, _size), cancellationToken).ConfigureAwait(false);
            (_left, _since) = (_size, time.GetTimestamp());
        }
        _left -= cost;
    }

    public void Dispose() => _loading.Dispose();
}
