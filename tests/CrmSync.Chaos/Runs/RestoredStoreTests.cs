using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;
using CrmSync.Chaos.Crms;
using CrmSync.Chaos.Rigging;
using CrmSync.Tests.Support;

namespace CrmSync.Chaos.Runs;

/// <summary>A backup of random age comes back in the middle of everything: it is noticed, and nothing is done twice.</summary>
public sealed class RestoredStoreTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyList<int> Restores = RunPlan.Restores;
    private static readonly string Crm = RunPlan.Crm ?? "hubspot";

    // What was lost with the newer store nobody can keep: webhooks that were in it, the figures of what it had recorded, and how much of
    // the share the seconds right before had used.
    private static readonly string[] Lost = ["webhooks-kept", "kpis", "within-share"];

    // What the lost store knew of its own effects is laid beside what the restored one knows.
    private static readonly string[] Together = ["effects-audited", "people-win", "one-task-one-note"];

    [Fact]
    public async Task An_old_backup_that_comes_back_is_noticed_and_repeats_nothing()
    {
        var (broken, learnt, rows) = (new List<string>(), 0, 0);
        var (found, happened) = (new List<Violation>(), new List<FaultMark>());
        foreach (var seed in Restores)
        {
            var (history, lost) = await PlayAsync(seed);
            var violations = HistoryChecker.All.Where(i => !Lost.Contains(i.Id)).SelectMany(i => i.Check(Together.Contains(i.Id) ? With(history, lost) : history)).Concat(RepeatedOffers.In(history, CrmsUnderTest.All[Crm].Dialect)).ToList();
            found.AddRange(violations);
            happened.AddRange(history.Faults);
            broken.AddRange(violations.Select(v => $"seed {seed} (CRMSYNC_SEED={seed}): {v}"));
            var head = Common(history.Store, lost);
            rows += lost.Audit.Count - head;
            learnt += history.Store.Audit.Count(row => row is { Kind: "Observed", Actor: "crmsync" });
            if (lost.Audit.Skip(head).Any(row => row.Kind == "Applied") && history.Store.Audit.Count(row => row.Kind == "Restored") != 1)
                broken.Add($"seed {seed}: effects were lost, and {history.Store.Audit.Count(row => row.Kind == "Restored")} rows say so");
        }
        output.Tell($"{Crm}: {Restores.Count} old backups restored: {rows} rows lost with the newer store, {learnt} hand-overs learnt from the CRM, {Damage.Of(found)}, {broken.Count} violations. Faults by kind: {HappenedFaults.Told(happened)}");
        Assert.True(broken.Count == 0, string.Join('\n', broken.Take(20)));
        Assert.True(learnt > 0);
        Assert.Equal(Restores.Count, happened.Count(f => f.Name == RunHistory.PutBack));
    }

    private static async Task<(RunHistory History, StoreTables Lost)> PlayAsync(int seed)
    {
        using var copy = new StoreCopy();
        var (draw, span, lost, marks) = (new KeyedDraw(seed), TimeSpan.FromDays(1), new StoreTables(), new List<FaultMark>());
        await using var run = new Simulation(new() { Crm = CrmsUnderTest.All[Crm], Seed = seed, Webhooks = seed % 3 != 0 }, 24, span, kills: 0) { For = "restores" };
        var history = await run.RunAsync(fiend =>
        {
            var rig = run.Rig;
            if (seed % 2 == 0)
                fiend.Plan(rig.Now, span, kills: 2);
            var taken = rig.Now + draw.Between(TimeSpan.FromMinutes(10), span * 0.7, "taken");
            fiend.Agenda.Add(taken, () => copy.Take(rig.DataDirectory));
            fiend.Agenda.Add(taken + draw.Between(TimeSpan.Zero, span * 0.9 - (taken - rig.Now), "put back"), () =>
            {
                rig.BeforeNextWorker = () =>
                {
                    lost = rig.Store();
                    copy.PutBack(rig.DataDirectory);
                    marks.Add(new(rig.Now, RunHistory.PutBack));
                };
                rig.Book.DieAfter(0);
            });
        });
        return (history with { Faults = [.. history.Faults, .. marks] }, lost);
    }

    /// <summary>How many rows both stores have.</summary>
    private static int Common(StoreTables store, StoreTables lost) =>
        lost.Audit.TakeWhile((row, n) => n < store.Audit.Count && store.Audit[n].Hash == row.Hash).Count();

    /// <summary>The audit with what was lost; what was open when it was lost ended in a way that nobody knows.</summary>
    private static RunHistory With(RunHistory history, StoreTables lost)
    {
        var known = history.Store.Audit.Select(row => row.TransitionId).OfType<string>().ToHashSet();
        var gone = lost.Audit.Where(row => row.TransitionId is { } id && !known.Contains(id)).ToList();
        var open = gone.Where(row => row.Kind == "Decided" && !gone.Exists(end => end.IsEnd && end.TransitionId == row.TransitionId)).Select(row => row with { Kind = "Conflict" });
        var head = Common(history.Store, lost);
        return history with { Store = history.Store with { Audit = [.. history.Store.Audit.Take(head), .. gone, .. open, .. history.Store.Audit.Skip(head)] } };
    }
}
