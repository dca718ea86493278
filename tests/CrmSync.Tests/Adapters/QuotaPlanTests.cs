using CrmSync.Adapters;
using CrmSync.Adapters.Quota;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Adapters;

/// <summary>How a day's purse is kept for what matters: sweeps rest first, then polls, and decisions never.</summary>
public sealed class QuotaPlanTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.Zero));
    private readonly MemoryLedger _ledger = new();

    [Fact]
    public async Task Sweeps_rest_first_then_polls_and_decisions_use_the_whole_share()
    {
        var day = Day();

        Assert.Equal(360, await SpendAsync(day, QuotaPurpose.Sweep));
        Assert.Equal(["sweeps"], day.Status().Resting);
        Assert.Equal(150, await SpendAsync(day, QuotaPurpose.Poll));
        Assert.Equal(["sweeps", "polls"], day.Status().Resting);
        Assert.Equal(90, await SpendAsync(day, QuotaPurpose.Decision));
        Assert.Equal(600, day.Status().Used);
    }

    [Fact]
    public async Task A_rest_says_that_it_is_one_and_when_it_ends()
    {
        var day = Day();
        await SpendAsync(day, QuotaPurpose.Sweep);

        var rest = await Assert.ThrowsAsync<CrmException>(() => day.AcquireAsync(Stop, 10, QuotaPurpose.Sweep));

        Assert.True(rest.IsOwnRest);
        _time.Advance(rest.RetryAt!.Value - _time.GetUtcNow() + TimeSpan.FromSeconds(1));
        await day.AcquireAsync(Stop, 10, QuotaPurpose.Sweep);
    }

    [Fact]
    public async Task An_end_of_the_share_stops_everything_and_is_no_rest()
    {
        var day = Day();
        await SpendAsync(day, QuotaPurpose.Decision);

        Assert.False((await Assert.ThrowsAsync<CrmException>(() => day.AcquireAsync(Stop, 10))).IsOwnRest);
    }

    [Fact]
    public async Task What_others_spend_beyond_the_reserve_rests_sweeps_and_polls_and_no_decision()
    {
        var day = Day();
        day.Left(40);

        Assert.True((await Assert.ThrowsAsync<CrmException>(() => day.AcquireAsync(Stop, 10, QuotaPurpose.Sweep))).IsOwnRest);
        Assert.True((await Assert.ThrowsAsync<CrmException>(() => day.AcquireAsync(Stop, 10, QuotaPurpose.Poll))).IsOwnRest);
        await day.AcquireAsync(Stop, 10);
        _time.Advance(TimeSpan.FromHours(1)); // an old word on it says nothing
        await day.AcquireAsync(Stop, 10, QuotaPurpose.Sweep);
    }

    [Fact]
    public async Task Predicts_a_day_by_its_pace()
    {
        var day = Day();
        for (var i = 0; i < 18; i++)
        {
            await day.AcquireAsync(Stop, 5);
            day.Release(5);
            _time.Advance(TimeSpan.FromMinutes(10));
        }
        Assert.Equal(90, day.Status().Used);
        Assert.InRange(day.Status().Predicted, 600, 730);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_window_holds_more_than_the_share_whatever_requests_cost_and_however_often_it_restarts(int seed)
    {
        var random = new Random(seed);
        var spent = new List<(DateTimeOffset At, int Cost)>();
        var budget = Day();
        for (var i = 0; i < 2_000; i++)
        {
            if (random.Next(100) == 0)
                budget = Day(); // a crash: what was reserved is all that is known
            var cost = random.Next(1, 41);
            try
            {
                await budget.AcquireAsync(Stop, cost, (QuotaPurpose)random.Next(3));
                spent.Add((_time.GetUtcNow(), cost));
                budget.Release(cost);
            }
            catch (CrmException)
            {
                _time.Advance(TimeSpan.FromMinutes(random.Next(1, 200)));
            }
            _time.Advance(TimeSpan.FromSeconds(random.Next(0, 300)));
        }
        Assert.True(spent.Count > 50);
        Assert.All(spent, one => Assert.InRange(spent.Where(s => s.At >= one.At && s.At - one.At < TimeSpan.FromDays(1)).Sum(s => s.Cost), 0, 600));
    }

    private QuotaBudget Day() => new(new("tokens", 1000, TimeSpan.FromDays(1), TimeSpan.FromMinutes(1)), 0.6, "main", _ledger, _time);

    private static async Task<int> SpendAsync(QuotaBudget budget, QuotaPurpose purpose)
    {
        for (var spent = 0; ; spent += 10)
        {
            try
            {
                await budget.AcquireAsync(Stop, 10, purpose);
                budget.Release(10);
            }
            catch (CrmException)
            {
                return spent;
            }
        }
    }
}
