using CrmSync.Worker.Brakes;
using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Brakes;

/// <summary>What counts as a loop.</summary>
public sealed class LoopTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private static StageChange Ours(string from, string to, int minutesAgo) => new(Now.AddMinutes(-minutesAgo), from, to, "crmsync", true);

    private static StageChange Theirs(string from, string to, int? minutesAgo) => new(minutesAgo is { } m ? Now.AddMinutes(-m) : null, from, to, "automation", false);

    [Fact]
    public void Two_rounds_are_a_loop() =>
        Assert.Equal(4, Loop(Ours("Lead", "MarketingQualified", 40), Theirs("MarketingQualified", "Lead", 30), Ours("Lead", "MarketingQualified", 20), Theirs("MarketingQualified", "Lead", 10))!.Changes.Count);

    [Fact]
    public void One_round_is_none() => Assert.Null(Loop(Ours("Lead", "MarketingQualified", 40), Theirs("MarketingQualified", "Lead", 30), Ours("Lead", "MarketingQualified", 20)));

    [Fact]
    public void Going_forward_in_turns_is_none() =>
        Assert.Null(Loop(Ours("Lead", "MarketingQualified", 40), Theirs("MarketingQualified", "SalesAccepted", 30), Ours("SalesAccepted", "SalesQualified", 20), Theirs("SalesQualified", "Opportunity", 10)));

    [Fact]
    public void Others_among_themselves_are_none() =>
        Assert.Null(Loop(Theirs("Lead", "MarketingQualified", 40), Theirs("MarketingQualified", "Lead", 30), Theirs("Lead", "MarketingQualified", 20), Theirs("MarketingQualified", "Lead", 10)));

    [Fact]
    public void What_lies_before_the_window_does_not_count() =>
        Assert.Null(Loop(Ours("Lead", "MarketingQualified", 1_500), Theirs("MarketingQualified", "Lead", 1_450), Ours("Lead", "MarketingQualified", 20), Theirs("MarketingQualified", "Lead", 10)));

    [Fact]
    public void A_change_that_nobody_dated_counts_with_the_one_before_it() =>
        Assert.NotNull(Loop(Ours("Lead", "MarketingQualified", 40), Theirs("MarketingQualified", "Lead", null), Ours("Lead", "MarketingQualified", 20), Theirs("MarketingQualified", "Lead", null)));

    private static Parking? Loop(params StageChange[] changes) => LoopBrake.Loop(changes, Now - LoopBrake.Window, Now);
}
