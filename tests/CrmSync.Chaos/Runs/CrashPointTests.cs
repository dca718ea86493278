using CrmSync.Chaos.Checker.Invariants;
using CrmSync.Chaos.Crms;
using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;
using CrmSync.Leads;
using CrmSync.Tests.Support;

namespace CrmSync.Chaos.Runs;

public sealed class CrashPointTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("hubspot")]
    [InlineData("salesforce")]
    [InlineData("pipedrive")]
    public async Task A_worker_that_dies_at_every_point_keeps_every_promise(string name)
    {
        Assert.SkipUnless(RunPlan.IsLong || name == "hubspot", "A long run: CRMSYNC_CHAOS=1.");
        Assert.SkipUnless(RunPlan.Crm is null || RunPlan.Crm == name, $"CRMSYNC_CRM={RunPlan.Crm}");
        var crm = CrmsUnderTest.All[name];
        IReadOnlyList<string> points = [.. CrashPoints.Of(crm).Union(CrashPoints.OfGrant(crm))];
        await using var run = new Simulation(new() { Crm = crm, Seed = 5, StageOnRejected = LifecycleStage.Lead, Grant = new(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(45)) }, 24, TimeSpan.FromDays(1), kills: 0) { For = "crash points" };

        var history = await run.RunAsync(fiend =>
        {
            foreach (var version in new[] { 2, 3, 4 })
                fiend.Agenda.Add(run.Rig.Now.AddHours(version), () => run.Rig.SaveRules(version));
            foreach (var point in points)
                run.Rig.Book.DieAt(point);
        });

        var violations = HistoryChecker.Check(history);
        output.Tell($"{name}: {run.Rig.Book.Deaths.Count} deaths at {points.Count} points, {history.Store.Audit.Count(a => a.Kind == "Applied")} applied; {Damage.Of(violations)}, {violations.Count} violations");
        output.WriteLine($"passed: {string.Join(", ", run.Rig.Book.Passed.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key} {p.Value}"))}");
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(20)));
        Assert.Equal(points.Order(StringComparer.Ordinal), run.Rig.Book.Deaths.Order(StringComparer.Ordinal));
    }
}
