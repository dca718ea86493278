using CrmSync.Adapters;
using CrmSync.Adapters.Quota;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Adapters;

public sealed class QuotaBudgetTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.Zero));
    private readonly MemoryLedger _ledger = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task No_window_holds_more_than_the_share_even_over_restarts(int seed)
    {
        var random = new Random(seed);
        var arrivals = new List<DateTimeOffset>();
        var budget = Budget();
        for (var i = 0; i < 400; i++)
        {
            if (random.Next(40) == 0)
                budget = Budget(); // a crash: what was reserved is all that is known
            await WaitForAsync(budget.AcquireAsync(Stop));
            // Somewhere between sending and answer the request reaches the server.
            var travel = TimeSpan.FromMilliseconds(random.Next(0, 400));
            _time.Advance(travel);
            arrivals.Add(_time.GetUtcNow());
            _time.Advance(TimeSpan.FromMilliseconds(random.Next(0, 100)));
            budget.Release();
            if (random.Next(20) == 0)
                _time.Advance(TimeSpan.FromSeconds(random.Next(30)));
        }
        Assert.Equal(0, Excess(arrivals, budget.Share!.Value));
    }

    [Fact]
    public async Task Concurrent_requests_with_jitter_stay_within_the_share()
    {
        var random = new Random(7);
        var arrivals = new List<DateTimeOffset>();
        var budget = Budget();
        var granted = 0;
        var inFlight = new List<DateTimeOffset>();
        var waiting = Enumerable.Range(0, 300).Select(_ => budget.AcquireAsync(Stop)).ToList();
        while (granted < 300 || inFlight.Count > 0)
        {
            await SettleAsync();
            for (; granted < 300 && waiting[granted].IsCompletedSuccessfully; granted++)
                inFlight.Add(_time.GetUtcNow().AddMilliseconds(random.Next(1, 800)));
            _time.Advance(TimeSpan.FromMilliseconds(20));
            foreach (var _ in inFlight.Where(e => e <= _time.GetUtcNow()).ToList())
            {
                arrivals.Add(_time.GetUtcNow());
                budget.Release();
            }
            inFlight.RemoveAll(e => e <= _time.GetUtcNow());
        }
        Assert.Equal(0, Excess(arrivals, 60));
    }

    [Fact]
    public async Task Uses_nearly_all_of_the_share_without_pause()
    {
        var budget = Budget();
        var began = _time.GetUtcNow();
        for (var i = 0; i < 1200; i++)
        {
            await WaitForAsync(budget.AcquireAsync(Stop));
            _time.Advance(TimeSpan.FromMilliseconds(50));
            budget.Release();
        }
        var used = 1200 / ((_time.GetUtcNow() - began).TotalSeconds / 10 * 60);
        Assert.True(used >= 0.95, $"{used:P1}");
    }

    [Fact]
    public async Task A_request_seldom_costs_a_store_write()
    {
        var budget = Budget();
        for (var i = 0; i < 600; i++)
        {
            await WaitForAsync(budget.AcquireAsync(Stop));
            budget.Release();
        }
        Assert.InRange(_ledger.Writes, 1, 60);
    }

    [Fact]
    public async Task An_idle_connection_reserves_one_at_a_time()
    {
        var budget = Budget();
        for (var i = 0; i < 3; i++)
        {
            await budget.AcquireAsync(Stop);
            budget.Release();
            _time.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.All(await _ledger.ReadAsync("main", "general", DateTimeOffset.MinValue, Stop), use => Assert.Equal(1, use.Count));
    }

    [Fact]
    public async Task A_wait_too_long_is_parked_with_the_time_to_come_back()
    {
        var day = new QuotaBudget(new("daily", 10, TimeSpan.FromDays(1), TimeSpan.FromMinutes(1)), 0.2, "main", _ledger, _time);
        await day.AcquireAsync(Stop);
        day.Release();
        await day.AcquireAsync(Stop);
        day.Release();

        var parked = await Assert.ThrowsAsync<CrmException>(() => day.AcquireAsync(Stop));

        Assert.Equal(CrmFailure.RateLimited, parked.Failure);
        Assert.InRange(parked.RetryAt!.Value - _time.GetUtcNow(), TimeSpan.FromHours(23), TimeSpan.FromHours(25));
    }

    [Fact]
    public async Task A_cancelled_waiter_gives_its_place_in_line_back()
    {
        var budget = Budget();
        for (var i = 0; i < 60; i++)
            await budget.AcquireAsync(Stop);
        using var stop = new CancellationTokenSource();
        var cancelled = budget.AcquireAsync(stop.Token);
        var next = budget.AcquireAsync(Stop);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        budget.Release();
        await WaitForAsync(next);
    }

    /// <summary>Several requests are on their way when somebody shuts the line: what one of them hears last may be the milder word.</summary>
    [Theory]
    [InlineData(2, 20, "The gateway.")]
    [InlineData(60, 60, "Our share")]
    public async Task Of_two_who_ask_for_quiet_the_one_who_asks_for_longer_is_heard(int laterMinutes, int minutes, string told)
    {
        var budget = Budget();
        budget.Pause(TimeSpan.FromMinutes(20), new("The gateway.", "Wait."));
        budget.Pause(TimeSpan.FromMinutes(laterMinutes));

        var failure = await Assert.ThrowsAsync<CrmException>(() => budget.AcquireAsync(Stop));

        Assert.Equal(_time.GetUtcNow().AddMinutes(minutes), failure.RetryAt);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quiet_that_is_over_counts_no_more()
    {
        var budget = Budget();
        budget.Pause(TimeSpan.FromMinutes(20));
        _time.Advance(TimeSpan.FromMinutes(20));
        budget.Pause(TimeSpan.FromMinutes(5));

        var failure = await Assert.ThrowsAsync<CrmException>(() => budget.AcquireAsync(Stop));

        Assert.Equal(_time.GetUtcNow().AddMinutes(5), failure.RetryAt);
    }

    private QuotaBudget Budget() => new(new("general", 100, Window, TimeSpan.FromMinutes(1)), 0.6, "main", _ledger, _time);

    /// <summary>How many arrivals too many the fullest window holds.</summary>
    private static int Excess(List<DateTimeOffset> arrivals, int share)
    {
        arrivals.Sort();
        return Enumerable.Range(0, arrivals.Count).Max(i => Math.Max(0, arrivals.Skip(i).TakeWhile(a => a - arrivals[i] < Window).Count() - share));
    }

    private async Task WaitForAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            await SettleAsync();
            if (!task.IsCompleted)
                _time.Advance(TimeSpan.FromMilliseconds(20));
        }
        await task;
    }

    private static async Task SettleAsync()
    {
        for (var i = 0; i < 5; i++)
            await Task.Yield();
    }
}
