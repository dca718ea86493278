using CrmSync.Chaos.Checker.Invariants;

namespace CrmSync.Chaos.SelfTest;

/// <summary>A history in which nothing went wrong.</summary>
public sealed class GoodHistoryTests(GoodHistory good) : IClassFixture<GoodHistory>
{
    [Fact]
    public void A_good_history_breaks_no_promise() =>
        Assert.Empty(HistoryChecker.Check(good.History).Select(v => v.ToString()));
}
