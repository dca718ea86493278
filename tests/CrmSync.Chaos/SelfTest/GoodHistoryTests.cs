using CrmSync.Chaos.Checker.Invariants;

namespace CrmSync.Chaos.SelfTest;

/// <summary>A history in which nothing went wrong.</summary>
public sealed class GoodHistoryTests(GoodHistory good) : IClassFixture<GoodHistory>
{
    public static TheoryData<string> MadeRight => [.. BreaksOfWords.MadeRight.Keys];

    [Fact]
    public void A_good_history_breaks_no_promise() =>
        Assert.Empty(HistoryChecker.Check(good.History).Select(v => v.ToString()));

    [Theory]
    [MemberData(nameof(MadeRight))]
    public void What_slipped_in_between_and_was_made_right_is_not_flagged(string name) =>
        Assert.DoesNotContain(HistoryChecker.Check(BreaksOfWords.MadeRight[name](good.History)), v => v.Invariant == "people-win");
}
