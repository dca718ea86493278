using CrmSync.Chaos.Checker.Invariants;

namespace CrmSync.Chaos.SelfTest;

/// <summary>A history in which nothing went wrong.</summary>
public sealed class GoodHistoryTests(GoodHistory good) : IClassFixture<GoodHistory>
{
    public static TheoryData<string> MadeRight => [.. BreaksOfWords.MadeRight.Keys];

    [Fact]
    public void A_good_history_breaks_no_promise() =>
        Assert.Empty(HistoryChecker.Check(good.History).Select(v => v.ToString()));

    /// <summary>Another program was first, twice: what the token's follower gets ends what was refused before.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refusals_of_a_token_that_was_spent_are_no_storm_once_its_follower_was_let_in(bool isLetIn)
    {
        var refused = BreaksOfManners.RefusedGrant;
        var history = good.History.Append(refused, refused, isLetIn ? refused with { Status = 200, Reply = "sent" } : refused, refused, refused);

        Assert.Equal(!isLetIn, HistoryChecker.Check(history).Any(v => v.Invariant == "no-refresh-storm"));
    }

    [Theory]
    [MemberData(nameof(MadeRight))]
    public void What_slipped_in_between_and_was_made_right_is_not_flagged(string name) =>
        Assert.DoesNotContain(HistoryChecker.Check(BreaksOfWords.MadeRight[name](good.History)), v => v.Invariant == "people-win");
}
