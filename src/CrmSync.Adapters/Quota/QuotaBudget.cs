namespace CrmSync.Adapters.Quota;

/// <summary>
/// Hands out requests of one budget in the order asked, never above our share. What may be spent is recorded before it is
/// used, in blocks that grow with the traffic, so that a restart knows it and a request seldom costs a store write.
/// </summary>
internal sealed class QuotaBudget(QuotaLimit limit, double share, string connection, IQuotaLedger ledger, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromMilliseconds(10);
    private readonly SlidingWindow _window = new(time, limit.Window + Guard, limit.Window > TimeSpan.FromHours(1) ? TimeSpan.FromMinutes(1) : TimeSpan.Zero);
    private readonly QuotaReservation _reservation = new(limit, connection, ledger, time);
    private readonly SemaphoreSlim _line = new(1, 1);
    private readonly Lock _lock = new();
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _limit = limit.Limit ?? 0;
    private long _pausedSince;
    private TimeSpan _pause;

    public string Name => limit.Budget;

    /// <summary>Our part of the limit: at least one request, since none at all would be a standstill.</summary>
    public int? Share => _limit is > 0 and var whole ? Math.Max(1, (int)(whole * share)) : null;

    /// <summary>What the vendor says the limit is now.</summary>
    public void Learn(int whole) => _limit = Math.Max(1, whole);

    /// <summary>The vendor asked for quiet.</summary>
    public void Pause(TimeSpan wait)
    {
        lock (_lock)
            (_pausedSince, _pause) = (time.GetTimestamp(), wait);
    }

    /// <summary>Waits for room; the request counts from now until <see cref="Release"/> and a window more.</summary>
    /// <exception cref="CrmException">The wait would be longer than is worth waiting.</exception>
    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        await _line.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Share is { } share)
                await _reservation.LoadAsync(Remember, cancellationToken).ConfigureAwait(false);
            await RoomAsync(cancellationToken).ConfigureAwait(false);
            if (Share is { } most)
                await _reservation.SpendAsync(most, cancellationToken).ConfigureAwait(false);
            lock (_lock)
                _window.Begin();
        }
        finally
        {
            _line.Release();
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            _window.End();
            _ended.TrySetResult();
            _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Dispose()
    {
        _line.Dispose();
        _reservation.Dispose();
    }

    private void Remember(TimeSpan ago, int count)
    {
        lock (_lock)
            _window.Remember(ago, count);
    }

    private async Task RoomAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan? wait;
            Task ended;
            lock (_lock)
            {
                if (Blocked(out wait) is false)
                    return;
                ended = _ended.Task;
            }
            if (wait > limit.LongestWait)
                throw Exhausted(wait.Value);
            if (wait is { } known)
                await Task.Delay(Ceiling(known), time, cancellationToken).ConfigureAwait(false);
            else
                await ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool Blocked(out TimeSpan? wait)
    {
        wait = _pause - time.GetElapsedTime(_pausedSince);
        if (_pause > TimeSpan.Zero && wait > TimeSpan.Zero)
            return true;
        var full = Share is { } share && _window.Used >= share;
        wait = full ? _window.UntilNextLeaves : null;
        return full;
    }

    private CrmException Exhausted(TimeSpan wait) => new(CrmFailure.RateLimited, $"Our share of the quota '{limit.Budget}' is spent.")
    {
        RetryAt = time.GetUtcNow() + wait,
        Repair = "Raise QuotaShare, or the account's quota.",
    };

    /// <summary>Timers count whole milliseconds; rounding down would wake us too early.</summary>
    private static TimeSpan Ceiling(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds)));
}
