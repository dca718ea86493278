using CrmSync.Chaos.Checker.Invariants;

namespace CrmSync.Chaos.SelfTest;

/// <summary>What was found is counted in the numbers that a run prints.</summary>
public sealed class DamageTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0, "one-effect")]
    [InlineData(1, 0, "one-task-one-note")]
    [InlineData(0, 1, "intents-end")]
    [InlineData(0, 1, "webhooks-kept")]
    [InlineData(0, 1, "effects-audited")]
    [InlineData(2, 1, "one-effect", "kpis", "one-effect", "intents-end")]
    public void What_is_doubled_or_lost_is_counted_by_promise(int doubled, int lost, params string[] invariants) =>
        Assert.Equal(new Damage(doubled, lost), Damage.Of([.. invariants.Select(i => new Violation(i, "x"))]));

    [Fact]
    public void The_promises_that_are_counted_are_promises() =>
        Assert.Equal(new Damage(2, 3), Damage.Of([.. HistoryChecker.All.Select(i => new Violation(i.Id, "x"))]));
}
