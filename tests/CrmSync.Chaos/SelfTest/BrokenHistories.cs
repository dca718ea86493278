using CrmSync.Chaos.Checker.Invariants;

namespace CrmSync.Chaos.SelfTest;

/// <summary>A checker that cannot fail proves nothing: each of these histories is broken in one place, and must be found out.</summary>
public sealed class BrokenHistories(GoodHistory good) : IClassFixture<GoodHistory>
{
    public static TheoryData<string> Names => [.. Break.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_history_is_flagged_with_the_right_promise(string name)
    {
        var broken = Break.All[name];

        var found = HistoryChecker.Check(broken.Do(good.History));

        Assert.Contains(found, v => v.Invariant == broken.Invariant);
        Assert.All(found, v => Assert.True(v.Invariant == broken.Invariant || broken.Also.Contains(v.Invariant), v.ToString()));
    }

    [Fact]
    public void Every_promise_is_broken_at_least_once() =>
        Assert.Equal(HistoryChecker.All.Select(i => i.Id).Order(), Break.All.Values.Select(b => b.Invariant).Distinct().Order());
}
