namespace CrmSync.Adapters.Quota;

/// <summary>
/// Hands out requests of one budget in the order asked, never above our share. What may be spent is recorded before it is
/// used, in blocks that grow with the traffic, so that a restart knows it and a request seldom costs a store write. Of a day's
/// budget sweeps and polls may use a part only, so that decisions find something left.
/// </summary>
internal sealed class QuotaBudget(QuotaLimit limit, double share, string connection, IQuotaLedger ledger, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Pace = TimeSpan.FromHours(3);
    private readonly SlidingWindow _window = new(time, limit.Window + Guard, limit.Window > TimeSpan.FromHours(1) ? TimeSpan.FromMinutes(1) : TimeSpan.Zero);
    private readonly QuotaReservation _reservation = new(limit, connection, ledger, time);
    private readonly QuotaPurse _purse = new(time);
    private readonly SemaphoreSlim _line = new(1, 1);
    private readonly Lock _lock = new();
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile int _limit = limit.Limit ?? 0;
    private (long Since, TimeSpan Wait, QuotaShut? Shut) _pause;

    public string Name => limit.Budget;
    public bool IsPlanned { get; } = QuotaParts.ArePlanned(limit.Window);

    /// <summary>Our part of the limit: at least one request, since none at all would be a standstill.</summary>
    public int? Share => _limit is > 0 and var whole ? Math.Max(1, (int)(whole * share)) : null;

    /// <summary>What the vendor says the limit is now.</summary>
    public void Learn(int whole) => _limit = Math.Max(1, whole);

    /// <summary>What the vendor says is left of it for everybody.</summary>
    /// <param name="whole">Of how many; null where that was not said with it.</param>
    public void Left(int left, int? whole = null) => _purse.Hear(left, whole);

    /// <summary>
    /// The vendor asked for quiet, or somebody before it (<paramref name="shut"/>). Of several that answer one after another the one
    /// that asks for the longest is kept to.
    /// </summary>
    public void Pause(TimeSpan wait, QuotaShut? shut = null)
    {
        lock (_lock)
            if (_pause.Wait - time.GetElapsedTime(_pause.Since) is var left && (left <= TimeSpan.Zero || left < wait))
                _pause = (time.GetTimestamp(), wait, shut);
    }

    /// <summary>Waits for room; the request counts from now until <see cref="Release"/> and a window more.</summary>
    /// <param name="cost">What the request takes of the budget, at least one.</param>
    /// <exception cref="CrmException">The wait would be longer than is worth waiting, or this kind of work rests.</exception>
    public async Task AcquireAsync(CancellationToken cancellationToken, int cost = 1, QuotaPurpose purpose = QuotaPurpose.Decision)
    {
        await _line.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Share is not null)
                await LoadAsync(cancellationToken).ConfigureAwait(false);
            if (IsPlanned && RestOf(purpose, cost) is { } rest)
                throw QuotaRefusals.Resting(limit.Budget, purpose, time.GetUtcNow() + rest);
            await RoomAsync(cost, cancellationToken).ConfigureAwait(false);
            if (Share is { } most)
                await _reservation.SpendAsync(cost, most, cancellationToken).ConfigureAwait(false);
            lock (_lock)
                _window.Begin(cost);
        }
        finally
        {
            _line.Release();
        }
    }

    public void Release(int cost = 1)
    {
        lock (_lock)
        {
            _window.End(cost);
            _ended.TrySetResult();
            _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>What earlier processes spent counts from here on.</summary>
    public Task LoadAsync(CancellationToken cancellationToken) => _reservation.LoadAsync(Remember, cancellationToken);

    public QuotaStatus Status()
    {
        int used, pace;
        lock (_lock)
            (used, pace) = (_window.Used, _window.UsedWithin(Pace));
        string[] resting = [.. new[] { (QuotaPurpose.Sweep, "sweeps"), (QuotaPurpose.Poll, "polls") }.Where(p => RestOf(p.Item1, 1) is not null).Select(p => p.Item2)];
        return new(limit.Budget, _limit > 0 ? _limit : null, Share, used, (int)(pace * (limit.Window / Pace)), _purse.Left, resting) { Unit = limit.Unit };
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

    /// <summary>How long a kind of work rests now; null: it may go on.</summary>
    private TimeSpan? RestOf(QuotaPurpose purpose, int cost)
    {
        if (purpose == QuotaPurpose.Decision || Share is not { } share)
            return null;
        if (_purse.IsLow(purpose, _limit))
            return QuotaPurse.Fresh;
        lock (_lock)
        {
            var over = _window.Used + cost - (int)(share * QuotaParts.Of(purpose));
            return over > 0 ? _window.UntilLeft(over) ?? TimeSpan.FromMinutes(1) : null;
        }
    }

    private async Task RoomAsync(int cost, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan? wait;
            Task ended;
            QuotaShut? shut;
            lock (_lock)
            {
                if (Blocked(cost, out wait) is false)
                    return;
                (ended, shut) = (_ended.Task, _pause.Shut);
            }
            if (wait > limit.LongestWait)
                throw shut is null ? QuotaRefusals.Exhausted(limit.Budget, time.GetUtcNow() + wait.Value) : QuotaRefusals.Spent(shut, time.GetUtcNow() + wait.Value);
            if (wait is { } known)
                await Task.Delay(Ceiling(known), time, cancellationToken).ConfigureAwait(false);
            else
                await ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private bool Blocked(int cost, out TimeSpan? wait)
    {
        wait = _pause.Wait - time.GetElapsedTime(_pause.Since);
        if (_pause.Wait > TimeSpan.Zero && wait > TimeSpan.Zero)
            return true;
        _pause = default;
        // A request that costs more than the whole share goes when nothing else counts: never would be a standstill.
        var over = Share is { } share && _window.Used is > 0 and var used ? used + cost - share : 0;
        wait = over > 0 ? _window.UntilLeft(over) ?? _window.UntilNextLeaves : null;
        return over > 0;
    }

    /// <summary>Timers count whole milliseconds; rounding down would wake us too early.</summary>
    private static TimeSpan Ceiling(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds)));
}
