using CrmSync.Chaos.Checker.Invariants;
using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;
using CrmSync.Tests.Support;

namespace CrmSync.Chaos.Runs;

public sealed class CrashPointTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_worker_that_dies_at_every_point_keeps_every_promise()
    {
        await using var run = new Simulation(new() { Seed = 5 }, 24, TimeSpan.FromDays(1), kills: 0);

        var history = await run.RunAsync(fiend =>
        {
            foreach (var version in new[] { 2, 3, 4 })
                fiend.Agenda.Add(run.Rig.Now.AddHours(version), () => run.Rig.SaveRules(version));
            foreach (var point in CrashPoints.All)
                run.Rig.Book.DieAt(point);
        });

        output.Tell($"{run.Rig.Book.Deaths.Count} deaths at {CrashPoints.All.Count} points, {history.Store.Audit.Count(a => a.Kind == "Applied")} applied");
        var violations = HistoryChecker.Check(history);
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(20)));
        Assert.Equal(CrashPoints.All.Order(StringComparer.Ordinal), run.Rig.Book.Deaths.Order(StringComparer.Ordinal));
    }
}
