namespace CrmSync.Worker.Commands.Demo;

/// <summary>
/// A clock that stands still until it is told to step. While a piece of work runs, it steps by itself to the earliest
/// timer, but only when the work waits for that timer and for nothing else.
/// </summary>
internal sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    /// <summary>Real time without a request in flight or a piece of work queued, after which work counts as waiting for the clock.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(8);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<SimulatedTimer, DateTimeOffset> _timers = new();
    private DateTimeOffset _now = start;
    private int _inFlight;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>A request that leaves or arrives; the clock stands still until it is disposed of.</summary>
    public IDisposable InFlight()
    {
        Interlocked.Increment(ref _inFlight);
        return new Landing(this);
    }

    /// <summary>Steps to an instant, firing what is due on the way, in order. Going back is ignored.</summary>
    public void AdvanceTo(DateTimeOffset instant)
    {
        while (Next() is { } due && due <= instant)
            FireNext();
        lock (_lock)
            _now = instant > _now ? instant : _now;
    }

    /// <summary>Time passes in the midst of a request. What falls due by then fires once that has landed: it may wait for it.</summary>
    public void Pass(TimeSpan time)
    {
        lock (_lock)
            _now += time;
    }

    /// <summary>Runs work to its end; where it waits for the clock, the clock steps.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        var running = Task.Run(work);
        while (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(Quiet));
            if (!running.IsCompleted && IsQuiet && Next() is not null)
                FireNext();
        }
        return await running;
    }

    private bool IsQuiet => Volatile.Read(ref _inFlight) == 0 && ThreadPool.PendingWorkItemCount == 0;

    private DateTimeOffset? Next()
    {
        lock (_lock)
        {
            while (_timers.TryPeek(out var timer, out var due))
            {
                if (timer.Due == due)
                    return due;
                _timers.Dequeue();
            }
            return null;
        }
    }

    private void FireNext()
    {
        SimulatedTimer timer;
        lock (_lock)
        {
            if (!_timers.TryDequeue(out timer!, out var due) || timer.Due != due)
                return;
            _now = due > _now ? due : _now;
        }
        timer.Fire();
    }

    private void Enqueue(SimulatedTimer timer, TimeSpan after)
    {
        lock (_lock)
        {
            timer.Due = _now + after;
            _timers.Enqueue(timer, timer.Due.Value);
        }
    }

    private sealed class Landing(SimulatedClock clock) : IDisposable
    {
        private int _done;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _done, 1) == 0)
                Interlocked.Decrement(ref clock._inFlight);
        }
    }

    private sealed class SimulatedTimer(SimulatedClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset? Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (_period, Due) = (period, null);
            if (dueTime != Timeout.InfiniteTimeSpan)
                clock.Enqueue(this, dueTime);
            return true;
        }

        public void Fire()
        {
            Due = null;
            if (_period > TimeSpan.Zero)
                clock.Enqueue(this, _period);
            callback(state);
        }

        public void Dispose() => Due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
