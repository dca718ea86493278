using CrmSync.Worker.Commands.Demo;
using CsCheck;

namespace CrmSync.Tests.Demo;

public sealed class DemoAgendaTests
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Apart = 2 * DemoOptions.PollInterval;

    [Fact]
    public void Never_lets_acts_of_one_lead_come_closer_than_two_polls() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4000]).Array[1, 40].Sample(plans =>
    {
        var done = Play(plans);
        Assert.Equal(plans.Length, done.Count);
        foreach (var lead in done.GroupBy(d => d.Lead))
            Assert.All(lead.Zip(lead.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= Apart));
    });

    [Fact]
    public void Acts_at_ten_past_and_never_early() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4000]).Array[1, 40].Sample(plans =>
    {
        Assert.All(Play(plans), act =>
        {
            Assert.Equal(TimeSpan.FromMinutes(10).Ticks, act.At.UtcTicks % DemoOptions.PollInterval.Ticks);
            Assert.True(act.At >= act.Planned);
        });
    });

    [Fact]
    public void Tells_one_leads_story_whatever_others_do() => Gen.Select(Gen.Int[0, 4000].Array[1, 10], Gen.Int[0, 4000].Array[1, 10]).Sample((own, others) =>
    {
        var alone = Play([.. own.Select(m => (0, m))]).Select(d => d.At);
        var together = Play([.. own.Select(m => (0, m)), .. others.Select(m => (1, m))]).Where(d => d.Lead == 0).Select(d => d.At);
        Assert.Equal(alone, together);
    });

    [Fact]
    public async Task Does_what_is_due_and_nothing_more()
    {
        var agenda = new DemoAgenda(Apart);
        agenda.Add(T0, "a", _ => Task.CompletedTask);
        var next = agenda.Next!.Value;
        Assert.Equal(0, await agenda.DoAsync(next.AddTicks(-1), TestContext.Current.CancellationToken));
        Assert.Equal(1, await agenda.DoAsync(next, TestContext.Current.CancellationToken));
        Assert.Null(agenda.Next);
    }

    /// <summary>Plans are a lead and a minute. Steps to each act as the demo does.</summary>
    private static List<(int Lead, DateTimeOffset Planned, DateTimeOffset At)> Play((int Lead, int Minute)[] plans)
    {
        var agenda = new DemoAgenda(Apart);
        var done = new List<(int, DateTimeOffset, DateTimeOffset)>();
        var now = T0;
        foreach (var (lead, minute) in plans)
        {
            var planned = T0.AddMinutes(minute);
            agenda.Add(planned, $"lead-{lead}", _ =>
            {
                done.Add((lead, planned, now));
                return Task.CompletedTask;
            });
        }
        while (agenda.Next is { } next)
        {
            now = next;
            agenda.DoAsync(now, CancellationToken.None).GetAwaiter().GetResult();
        }
        return done;
    }
}
