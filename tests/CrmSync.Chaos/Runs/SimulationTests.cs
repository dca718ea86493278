using System.Collections.Concurrent;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;
using CrmSync.Chaos.Checker.Oracle;
using CrmSync.Chaos.Crms;
using CrmSync.Chaos.Nemesis;
using CrmSync.Chaos.Rigging;
using CrmSync.Leads;
using CrmSync.Sandbox.Engine;
using CrmSync.Sandbox.HubSpot.Schema;
using CrmSync.Tests.Support;

namespace CrmSync.Chaos.Runs;

/// <summary>Days of people and of everything that goes wrong, from one seed after another, each checked against every promise.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    /// <summary>How many of the promised kinds a few short seeds may leave out; of twenty each is asked.</summary>
    private const double Few = 0.5;

    [Theory]
    [InlineData("hubspot")]
    [InlineData("salesforce")]
    [InlineData("pipedrive")]
    public async Task Whatever_goes_wrong_every_promise_holds(string name)
    {
        Assert.SkipUnless(RunPlan.Crm is null || RunPlan.Crm == name, $"CRMSYNC_CRM={RunPlan.Crm}");
        var (crm, seeds) = (CrmsUnderTest.All[name], RunPlan.Seeds(name));
        var (happened, broken, totals) = (new ConcurrentQueue<FaultMark>(), new ConcurrentQueue<(Violation Violation, string Told)>(), new ConcurrentDictionary<string, long>(StringComparer.Ordinal));
        var figures = new ConcurrentQueue<IReadOnlyList<ComparedFigure>>();
        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount }, async (seed, _) =>
        {
            var (history, violations, kept) = await PlayAsync(crm, seed);
            foreach (var violation in violations)
            {
                broken.Enqueue((violation, $"seed {seed} ({(RunPlan.IsLong ? "CRMSYNC_CHAOS=1 " : "")}CRMSYNC_CRM={name} CRMSYNC_SEED={seed}, kept in {kept}): {violation}"));
                output.WriteLine(broken.Last().Told);
            }
            if (history is null)
                return;
            foreach (var fault in history.Faults)
                happened.Enqueue(fault);
            figures.Enqueue(ComparedFigures.Of(history));
            Add("requests", history.Wire.Count);
            Add("audit rows", history.Store.Audit.Count);
            Add("effects", history.Store.Audit.Count(a => a.Kind == "Applied"));
            Add("conflicts listed", history.Store.Audit.Count(a => a.Kind == "Conflict"));
            output.WriteLine($"seed {seed}: {history.Wire.Count} requests, {history.Store.Audit.Count} audit rows, {history.Faults.Count} faults, {violations.Count} violations");
        });

        output.Tell($"{name}: {seeds.Count} seeds of {RunPlan.Size.Span.TotalDays:0} days with {RunPlan.Size.Leads} leads: {string.Join(", ", totals.Select(t => $"{t.Value} {t.Key}"))}; {happened.Count} faults; {Damage.Of([.. broken.Select(b => b.Violation)])}, {broken.Count} violations. Faults by kind: {HappenedFaults.Told(happened)}{NotThere(crm)}");
        output.Tell($"{name}: KPIs compared exactly in {figures.Count(f => f.All(n => n.IsExact))} seeds, by bounds in {figures.Count(f => !f.All(n => n.IsExact))}; of {figures.Sum(f => f.Count)} numbers {figures.Sum(f => f.Count(n => n.IsExact))} exactly");
        Assert.True(broken.IsEmpty, $"{broken.Count} violations:\n{string.Join('\n', broken.Take(30).Select(b => b.Told))}");
        // A fault that was promised and did not happen was not survived either.
        var promised = Promised(crm).Except(crm.Impossible).ToList();
        var missing = promised.Except(happened.Select(fault => fault.Name)).ToList();
        Assert.True(missing.Count <= (seeds.Count >= 20 ? 0 : seeds.Count > 1 ? Few * promised.Count : promised.Count), $"{missing.Count} of {promised.Count} promised faults did not happen: {string.Join(", ", missing)}");

        void Add(string what, long count) => totals.AddOrUpdate(what, count, (_, n) => n + count);
    }

    private static string NotThere(CrmUnderTest crm) => crm.Impossible.Count == 0 ? "" : $"; cannot happen there: {string.Join(", ", crm.Impossible)}";

    private static IEnumerable<string> Promised(CrmUnderTest crm) =>
    [
        .. crm.Faults.Select(k => k.Name), .. Fiend.StoreFaults.Select(f => f.Name), Fiend.Killed, Races.Raced, Races.Wished, Races.Unawares, Races.Deleted, Races.Merged, Fiend.Jumped,
        HappenedFaults.LateRows, HappenedFaults.TakenBack, .. Renewals.All,
        .. crm.Converts ? [Races.Converted] : (string[])[],
        .. crm.Events is null ? [] : (string[])[Fiend.Forged, Fiend.Repeated, Fiend.Late, HappenedFaults.AllLost, HappenedFaults.Disorder],
        .. crm.Events is not null && RunPlan.Size.Span >= Fiend.SpanOfDays ? [Fiend.LateByDays] : (string[])[],
    ];

    /// <summary>Where threads cross, one seed has several histories: one that is flagged is kept, since the next play may be another.</summary>
    private static async Task<(RunHistory? History, IReadOnlyList<Violation> Violations, string? Kept)> PlayAsync(CrmUnderTest crm, int seed)
    {
        await using var run = new Simulation(SettingOf(crm, seed), RunPlan.Size.Leads, RunPlan.Size.Span, kills: 5);
        var keep = RunPlan.Keep ?? Path.Combine(AppContext.BaseDirectory, "flagged");
        try
        {
            var history = await run.RunAsync();
            history = history with { Faults = [.. history.Faults, .. HappenedFaults.Of(history, crm.Events is not null)] };
            IReadOnlyList<Violation> violations = [.. HistoryChecker.Check(history), .. Unended(run)];
            return (history, violations, violations.Count > 0 ? run.Keep(keep, history.Log, violations) : null);
        }
        catch (Exception broke) when (broke is not OutOfMemoryException && run.Rig is not null)
        {
            // One seed that breaks off must not take the others' figures with it, nor its own store.
            Violation[] violations = [new("plays-through", $"it broke off: {broke}")];
            return (null, violations, run.Keep(keep, run.Rig.Log(), violations));
        }
    }

    private static IEnumerable<Violation> Unended(Simulation run)
    {
        if (!run.CameToRest)
            yield return new("comes-to-rest", "there is always something left to do");
        // Whatever shut the worker out, in the end it is let in again.
        if (!run.Rig.Worker.Connection.Gate.MayRead)
            yield return new("let-in-again", $"it ends with a worker that may not read: {run.Rig.Worker.Connection.Gate.Attention}");
    }

    /// <summary>What a seed has otherwise than usual. Where rows are shown late polls come often, so that some come meanwhile.</summary>
    internal static RigSetting SettingOf(CrmUnderTest crm, int seed) => new()
    {
        Crm = crm, Seed = seed, Webhooks = seed % 5 != 0, StageOnRejected = seed % 2 == 0 ? LifecycleStage.Lead : null, Switches = Switches(crm, seed),
        PageSize = Paged(crm, seed),
        PollInterval = IsBehind(crm, seed) ? TimeSpan.FromMinutes(15) : RigSetting.UsualPoll,
        Grant = seed % 3 == 1 ? new(TimeSpan.FromMinutes(20), seed % 2 == 0 ? TimeSpan.FromMinutes(45) : TimeSpan.Zero) : null,
        RequestsPerDay = crm.LimitsDays && seed % 4 == 3 ? RunPlan.RequestsPerDay : null,
    };

    /// <summary>In some seeds few records fit a page, so that there is one to go on from; without webhooks all that is new comes that way.</summary>
    private static int? Paged(CrmUnderTest crm, int seed) => seed % 5 is 0 or 2 && crm.Faults.Any(k => k.Request.Fault == FaultBook.RepeatPage) ? 4 : null;

    private static bool IsBehind(CrmUnderTest crm, int seed) => seed % 4 == 0 && !crm.Impossible.Contains(HappenedFaults.LateRows);

    /// <summary>What the CRM is asked for; whether it happened, the log tells. Each row is shown within this lag, and the poll looks back as far.</summary>
    private static HubSpotSwitches Switches(CrmUnderTest crm, int seed)
    {
        var switches = new HubSpotSwitches { SearchLagSeconds = IsBehind(crm, seed) ? 300 : 5, WebhookDelaySeconds = 1 };
        return seed % 3 == 0 && crm.Events is not null ? switches with { DuplicateWebhooks = 0.4, ShuffleWebhooks = true } : switches;
    }
}
