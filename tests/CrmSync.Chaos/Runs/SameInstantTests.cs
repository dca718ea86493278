using System.Diagnostics;
using System.Globalization;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;
using CrmSync.Chaos.Crms;
using CrmSync.Chaos.Rigging;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;

namespace CrmSync.Chaos.Runs;

/// <summary>A mass edit: more records change in one instant than a page holds, and than a search gives at all. The poll alone tells of it.</summary>
public sealed class SameInstantTests(ITestOutputHelper output)
{
    private const int Askers = 200;

    [Theory]
    [InlineData("hubspot", 20_000)]
    public async Task Whoever_changes_in_one_instant_is_looked_at(string crm, int count)
    {
        Assert.SkipUnless(RunPlan.IsLong, "A long run: CRMSYNC_CHAOS=1.");
        Assert.SkipUnless(RunPlan.Crm is null || RunPlan.Crm == crm, $"CRMSYNC_CRM={RunPlan.Crm}");
        await using var rig = await Rig.StartAsync(new() { Crm = CrmsUnderTest.All[crm], Webhooks = false, Sweeps = false }, []);
        await rig.GoLiveAsync();
        // What is older than the first poll is for the sweep.
        await rig.StepAsync(rig.Now + (2 * rig.Setting.PollInterval));
        rig.Control.AddLeads(new() { Crms = [crm], Leads = [.. Enumerable.Range(0, count).Select(i => Lead(i, count))] });
        rig.Clock.AdvanceTo(rig.Now.AddMinutes(1));
        var (watch, head) = (Stopwatch.StartNew(), rig.Control.Log()[^1].N);
        for (var i = 0; i < count; i++)
            rig.Control.Act(Change(rig, i, count));
        await UntilIdleAsync(rig);

        var history = await RigRecord.TakeAsync(rig, [], []);
        var changes = history.Log.Where(l => l.N > head && l.Kind == "act").ToList();
        var changed = changes.SelectMany(l => l.Effects).Where(e => e.Record == CrmFields.People).Select(e => e.Id).ToHashSet();
        var seen = history.Store.Inbox.Select(row => row.LeadId).ToHashSet();
        var lost = history.Leads.Count(l => !seen.Contains(l.Id));
        var offered = history.Leads.Where(l => l.Fields.GetValueOrDefault(CrmFields.Handover) == "waiting").Select(l => l.Key!).ToHashSet();
        var violations = HistoryChecker.Check(history);
        output.Tell($"{crm}: {count} records changed in one instant, {Askers} of them asked for a talk: {history.Log.Count(l => l.N > head && l.Kind == "request")} requests, {offered.Count} offers, lost {lost}, {violations.Count} violations");
        output.WriteLine($"{changed.Count} leads among them by their own record; {watch.Elapsed.TotalSeconds:0} s");
        Assert.Equal(count, history.Leads.Count);
        Assert.Single(changes.Select(l => l.At).Distinct());
        Assert.Equal(0, lost);
        Assert.Equal(Enumerable.Range(0, count).Where(i => IsAsker(i, count)).Select(KeyOf).ToHashSet(), offered);
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(20)));
    }

    private static async Task UntilIdleAsync(Rig rig)
    {
        for (var (turn, calm) = (0, 0); turn < 5_000 && calm < 4; turn++)
        {
            await rig.StepAsync(await rig.NextAsync());
            calm = await rig.IsIdleAsync() ? calm + 1 : 0;
        }
    }

    private static bool IsAsker(int i, int count) => i % (count / Askers) == 0;

    private static string KeyOf(int i) => string.Create(CultureInfo.InvariantCulture, $"lead{i}");

    private static ActRequest Change(Rig rig, int i, int count) => new()
    {
        Crm = rig.Setting.Crm.Name, Key = KeyOf(i), Act = IsAsker(i, count) ? "submit-form" : "edit",
        Fields = new Dictionary<string, string?> { [IsAsker(i, count) ? "kind" : rig.Setting.Crm.JobTitle] = IsAsker(i, count) ? "handRaise" : "Consultant" },
    };

    private static LeadSpec Lead(int i, int count)
    {
        var lead = new LeadSpec { Key = KeyOf(i), Name = $"{People.Surname} {i}", Email = $"anna@c{i}.example", JobTitle = "Student" };
        return !IsAsker(i, count) ? lead : lead with
        {
            JobTitle = "Head of Production", Phone = "+45 20000000", Country = "Denmark",
            Company = new() { Key = $"c{i}", Name = $"Company {i}", Domain = $"c{i}.example", Industry = "MACHINERY", Employees = 140, Country = "Denmark" },
        };
    }
}
