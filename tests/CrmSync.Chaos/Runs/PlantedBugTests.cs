using System.Collections.Concurrent;
using CrmSync.Chaos.Checker.Invariants;
using CrmSync.Chaos.Crms;
using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;
using CrmSync.Tests.Support;

namespace CrmSync.Chaos.Runs;

/// <summary>Would these runs have caught it? Bugs that somebody could make, each planted in an otherwise whole product.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const int MostSeeds = 5;
    private static readonly string Crm = RunPlan.Crm ?? "hubspot";

    /// <summary>What becomes of a setting and a seed without any bug: one play for all bugs that share them.</summary>
    private static readonly ConcurrentDictionary<(string Setting, int Seed), Task<IReadOnlyList<Violation>>> Whole = new();
    private static readonly IReadOnlyList<PlantedBug> Bugs = [.. BugsOfReading.All, .. BugsOfPaging.All, .. BugsOfWriting.All, .. BugsOfKeeping.All];

    public static TheoryData<string> Names => [.. Bugs.Select(b => b.Name).Where(n => n.Contains(RunPlan.Bug, StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_planted_bug_is_found(string name)
    {
        Assert.SkipUnless(RunPlan.IsLong, "A long run: CRMSYNC_CHAOS=1.");
        var bug = Bugs.Single(b => b.Name == name);
        Assert.SkipUnless(bug.Crm is null || bug.Crm == Crm, $"On {bug.Crm} alone.");
        Assert.SkipWhen(bug.OfEvents && CrmsUnderTest.All[Crm].Events is null, "No webhooks come there.");
        var others = new List<Violation>();
        for (var seed = 1; seed <= MostSeeds; seed++)
        {
            var violations = await PlayAsync(bug, seed);
            if (violations.FirstOrDefault(v => bug.Breaks.Contains(v.Invariant)) is { } found)
            {
                output.Tell($"planted bug found: {bug.Name}, by {found.Invariant} with seed {seed}");
                output.WriteLine(found.ToString());
                var without = (await Whole.GetOrAdd((bug.Setting, seed), _ => PlayAsync(bug.Whole, seed))).Where(v => bug.Breaks.Contains(v.Invariant)).ToList();
                Assert.True(without.Count == 0, $"The same without the bug breaks as much: {string.Join('\n', without.Take(5))}");
                return;
            }
            others.AddRange(violations);
        }
        Assert.Fail($"Not found in {MostSeeds} seeds. Other violations: {string.Join('\n', others.Take(5))}");
    }

    private static async Task<IReadOnlyList<Violation>> PlayAsync(PlantedBug bug, int seed)
    {
        Rig? rig = null;
        var setting = new RigSetting
        {
            Crm = CrmsUnderTest.All[Crm], Seed = seed, Webhooks = bug.Webhooks, Sweeps = bug.Sweeps, PageSize = bug.PageSize,
            // What was changed between two pages is to be found behind the second.
            Switches = new() { SearchLagSeconds = bug.Restless ? 0 : 5, WebhookDelaySeconds = 1 },
            Adapter = inner => bug.Adapter(rig!, bug.Restless ? Crowds.Restless(rig!, inner) : inner), Wire = inner => bug.Wire(rig!, inner),
            Store = inner => bug.Store(rig!, inner), Webhook = inner => bug.Webhook(rig!, inner),
        };
        await using var run = new Simulation(setting, 24, TimeSpan.FromDays(1), kills: 4) { For = "planted bugs", Made = made => rig = made };
        var history = await run.RunAsync(fiend =>
        {
            fiend.Plan(run.Rig.Now, TimeSpan.FromDays(1), 4);
            for (var hour = 1; hour < 24; hour += 2)
                fiend.Agenda.Add(run.Rig.Now.AddHours(hour), () =>
                {
                    foreach (var point in bug.Deaths)
                        run.Rig.Book.DieAt(point);
                    foreach (var kind in setting.Crm.Faults.Where(k => bug.Faults.Contains(k.Name)))
                        fiend.Inject(kind);
                });
            if (bug.InCrowds)
                Crowds.Plan(run.Rig, fiend.Agenda, TimeSpan.FromDays(1));
        });
        return HistoryChecker.Check(history);
    }
}
