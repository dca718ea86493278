using CrmSync.Chaos.Crms;

namespace CrmSync.Chaos.Runs;

/// <summary>Nothing plays beside them: who is let go on first where two were waiting depends on how busy the machine is.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>
/// A seed that is printed is of use only if it plays again as it played. One request is made after another: which of several that
/// wait for the same moment goes first, the threads decide. What Salesforce tells comes over a call that stays open, in its own time.
/// </summary>
[Collection(nameof(Alone))]
public sealed class SameAgainTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("hubspot")]
    [InlineData("pipedrive")]
    public async Task A_seed_plays_the_same_twice(string name)
    {
        Assert.SkipUnless(RunPlan.Crm is null || RunPlan.Crm == name, $"CRMSYNC_CRM={RunPlan.Crm}");
        var (seeds, (leads, span), differences) = (RunPlan.Twice, RunPlan.SizeTwice, new List<string>());
        Assert.SkipUnless(seeds.Count > 0, "A long run: CRMSYNC_CHAOS=1.");
        foreach (var seed in seeds)
        {
            var once = await Replay.LinesAsync(CrmsUnderTest.All[name], seed, leads, span);
            var again = await Replay.LinesAsync(CrmsUnderTest.All[name], seed, leads, span);
            output.WriteLine($"seed {seed}: {once.Count} lines");
            if (Replay.Difference(once, again) is { } difference)
                differences.Add($"seed {seed}: {difference}");
        }

        Assert.True(differences.Count == 0, $"{name}: {differences.Count} of {seeds.Count} seeds played another way:\n{string.Join('\n', differences)}");
    }
}
