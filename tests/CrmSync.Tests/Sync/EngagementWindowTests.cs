using CrmSync.Leads.Facts;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Sync;
using CsCheck;

namespace CrmSync.Tests.Sync;

/// <summary>Lifetime counters, read again and again.</summary>
public sealed class EngagementWindowTests
{
    private const string PageView = WellKnownFacts.EngagementPrefix + EngagementKinds.PageView;
    private static readonly DateTimeOffset T0 = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(7, -60, 1)]
    [InlineData(7, 0, 1)]
    [InlineData(7, 60, 0)] // a clock ahead of ours proves nothing
    [InlineData(7, null, 0)]
    [InlineData(0, -60, 0)]
    public void Knows_the_last_act_only_at_first_sight(int total, int? lastMinutes, int acts)
    {
        var (engagement, _) = Read([], total, lastMinutes is { } m ? T0.AddMinutes(m) : null, T0);
        Assert.Equal((acts, T0), (engagement.Acts.Count, engagement.CompleteSince));
        Assert.All(engagement.Acts, act => Assert.Equal(1, act.Count));
    }

    [Fact]
    public void Takes_what_a_counter_grew_by_for_acts_since_the_last_reading()
    {
        var (_, memory) = Read([], 7, null, T0);
        var (engagement, _) = Read(memory, 10, T0.AddHours(3), T0.AddHours(4));
        Assert.Equal([new(T0.AddHours(3), 3)], engagement.Acts);
        Assert.Equal(T0, engagement.CompleteSince);
    }

    [Fact]
    public void Dates_growth_without_a_newer_last_instant_to_the_reading()
    {
        var (_, memory) = Read([], 7, T0.AddHours(-1), T0);
        var (engagement, _) = Read(memory, 8, T0.AddHours(-1), T0.AddHours(4));
        Assert.Equal([new(T0.AddHours(-1)), new EngagementAct(T0.AddHours(4))], engagement.Acts);
    }

    [Fact]
    public void Remembers_a_counter_that_stood_still()
    {
        var (_, memory) = Read([], 7, T0.AddHours(-1), T0);
        var (engagement, same) = Read(memory, 7, T0.AddHours(-1), T0.AddHours(4));
        Assert.Single(engagement.Acts);
        Assert.Same(memory[PageView], same[PageView]);
    }

    [Fact]
    public void Starts_again_when_a_counter_falls()
    {
        var (_, memory) = Read([], 7, T0.AddHours(-1), T0);
        var (engagement, after) = Read(memory, 3, T0.AddHours(-1), T0.AddHours(4));
        Assert.Empty(engagement.Acts);
        Assert.Equal((T0.AddHours(4), 3), (after[PageView].Since, after[PageView].Total));
    }

    [Fact]
    public void Leaves_a_complete_record_alone()
    {
        var facts = Facts(new() { Total = 5, CompleteSince = DateTimeOffset.MinValue });
        var (after, memory) = EngagementWindow.Apply(facts, new Dictionary<string, CounterMemory>(), T0);
        Assert.Same(facts, after);
        Assert.Empty(memory);
    }

    [Fact]
    public void Forgets_acts_older_than_any_window()
    {
        var old = new Dictionary<string, CounterMemory> { [PageView] = new(T0.AddDays(-500), 5, [new(T0.AddDays(-401)), new(T0.AddDays(-399))]) };
        Assert.Equal([new(T0.AddDays(-399)), new EngagementAct(T0)], Read(old, 6, null, T0).Engagement.Acts);
    }

    [Fact]
    public void Counts_what_a_growing_counter_grew_by() => Gen.Select(Gen.Int[0, 50].Array[1, 30], Gen.Int[0, 9].Array[30]).Sample((steps, jumps) =>
    {
        var (now, total) = (T0, (long)steps[0]);
        var (engagement, memory) = Read([], total, null, now);
        foreach (var (step, jump) in steps.Skip(1).Zip(jumps))
        {
            (now, total) = (now.AddHours(1 + jump), total + step);
            (engagement, memory) = Read(memory, total, now.AddMinutes(jump - 5), now);
        }
        Assert.Equal(total - steps[0], engagement.Acts.Sum(act => act.Count));
        Assert.Equal(engagement.Acts.OrderBy(act => act.At), engagement.Acts);
        Assert.All(engagement.Acts, act => Assert.InRange(act.At, T0, now));
    });

    private static (Engagement Engagement, Dictionary<string, CounterMemory> Memory) Read(
        Dictionary<string, CounterMemory> memory, long total, DateTimeOffset? lastAt, DateTimeOffset now)
    {
        var (facts, counters) = EngagementWindow.Apply(Facts(new() { Total = total, LastAt = lastAt }), memory, now);
        return (facts[PageView].Engagement, new(counters));
    }

    private static LeadFacts Facts(Engagement engagement) => new LeadFacts.Builder(FactCatalogue.BuiltIn).Set(PageView, FactValue.Of(engagement)).Build();
}
