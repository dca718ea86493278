using CrmSync.Worker.Commands.Demo;
using CsCheck;

namespace CrmSync.Tests.Demo;

public sealed class SimulatedClockTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Fires_timers_in_order_at_their_instants() => Gen.Int[0, 1000].Array[1, 30].Sample(minutes =>
    {
        var clock = new SimulatedClock(T0);
        var fired = new List<(int Due, DateTimeOffset At)>();
        foreach (var due in minutes)
            clock.CreateTimer(_ => fired.Add((due, clock.GetUtcNow())), null, TimeSpan.FromMinutes(due), Timeout.InfiniteTimeSpan);
        clock.AdvanceTo(T0.AddMinutes(500));
        Assert.Equal(minutes.Where(m => m <= 500).Order(), fired.Select(f => f.Due));
        Assert.All(fired, f => Assert.Equal(T0.AddMinutes(f.Due), f.At));
        Assert.Equal(T0.AddMinutes(500), clock.GetUtcNow());
    });

    [Fact]
    public async Task Time_that_passes_in_the_midst_of_work_fires_nothing_before_that_waits()
    {
        var clock = new SimulatedClock(T0);
        var fired = new List<DateTimeOffset>();
        After(clock, 10, () => fired.Add(clock.GetUtcNow()));

        clock.Pass(TimeSpan.FromMinutes(12));
        var before = fired.Count;
        await clock.RunAsync(async () => { await Task.Delay(TimeSpan.FromMinutes(1), clock); return true; });

        Assert.Equal(0, before);
        Assert.Equal([T0.AddMinutes(12)], fired);
    }

    [Fact]
    public void Fires_a_timer_that_another_one_set_on_the_way()
    {
        var clock = new SimulatedClock(T0);
        var fired = new List<DateTimeOffset>();
        After(clock, 10, () => After(clock, 5, () => fired.Add(clock.GetUtcNow())));
        clock.AdvanceTo(T0.AddMinutes(20));
        Assert.Equal([T0.AddMinutes(15)], fired);
    }

    [Fact]
    public void Fires_a_period_as_often_as_it_fits()
    {
        var clock = new SimulatedClock(T0);
        var count = 0;
        using var timer = clock.CreateTimer(_ => count++, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        clock.AdvanceTo(T0.AddMinutes(31));
        Assert.Equal(4, count);
    }

    [Fact]
    public void Forgets_timers_that_were_disposed_of_or_set_anew()
    {
        var clock = new SimulatedClock(T0);
        var fired = new List<string>();
        clock.CreateTimer(_ => fired.Add("disposed"), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan).Dispose();
        var moved = clock.CreateTimer(_ => fired.Add($"moved {(clock.GetUtcNow() - T0).TotalMinutes}"), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        moved.Change(TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);
        clock.AdvanceTo(T0.AddMinutes(20));
        Assert.Equal(["moved 5"], fired);
    }

    [Fact]
    public void Never_goes_back()
    {
        var clock = new SimulatedClock(T0);
        clock.AdvanceTo(T0.AddDays(-1));
        Assert.Equal(T0, clock.GetUtcNow());
    }

    [Fact]
    public async Task Steps_to_the_timer_that_work_waits_for_and_no_further()
    {
        var clock = new SimulatedClock(T0);
        After(clock, 1000, () => Assert.Fail("nobody waited for this"));
        var ended = await clock.RunAsync(async () =>
        {
            await Task.Delay(TimeSpan.FromMinutes(5), clock);
            return clock.GetUtcNow();
        });
        Assert.Equal(T0.AddMinutes(5), ended);
    }

    [Fact]
    public async Task Stands_still_while_a_request_is_in_flight()
    {
        var clock = new SimulatedClock(T0);
        var ended = await clock.RunAsync(async () =>
        {
            var timeout = Task.Delay(TimeSpan.FromSeconds(10), clock);
            using (clock.InFlight())
                await Task.WhenAny(timeout, Answer());
            return (clock.GetUtcNow(), timeout.IsCompleted);
        });
        Assert.Equal((T0, false), ended);
    }

    [Fact]
    public void Measures_elapsed_time_by_itself()
    {
        var clock = new SimulatedClock(T0);
        var before = clock.GetTimestamp();
        clock.AdvanceTo(T0.AddMinutes(3));
        Assert.Equal(TimeSpan.FromMinutes(3), clock.GetElapsedTime(before));
    }

    /// <summary>An answer that takes its time in the real world: many rounds of the clock's own waiting.</summary>
    private static Task<bool> Answer() => Task.Run(() => SpinWait.SpinUntil(() => false, TimeSpan.FromMilliseconds(60)));

    private static void After(SimulatedClock clock, int minutes, Action act) =>
        clock.CreateTimer(_ => act(), null, TimeSpan.FromMinutes(minutes), Timeout.InfiniteTimeSpan);
}
