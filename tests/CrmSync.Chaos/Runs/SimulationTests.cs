using CrmSync.Chaos.Checker.Invariants;

namespace CrmSync.Chaos.Runs;

public sealed class SimulationTests(ITestOutputHelper output)
{
    public static TheoryData<int> Seeds => [.. RunPlan.Seeds];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_goes_wrong_every_promise_holds(int seed)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await using var run = new Simulation(new() { Seed = seed, Webhooks = seed % 5 != 0 }, RunPlan.Size.Leads, RunPlan.Size.Span, kills: 5);

        var history = await run.RunAsync();

        var violations = HistoryChecker.Check(history);
        output.WriteLine($"seed {seed}: {watch.Elapsed.TotalSeconds:0.0} s, {history.Log.Count} log lines, {history.Store.Audit.Count} rows, {history.Store.Audit.Count(a => a.Kind == "Applied")} applied, deaths {string.Join(", ", run.Rig.Book.Deaths)}");
        output.WriteLine(string.Join(", ", history.Faults.CountBy(f => f.Name).Select(f => $"{f.Key} {f.Value}")));
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(20)));
    }
}
