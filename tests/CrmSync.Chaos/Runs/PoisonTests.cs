using System.Globalization;
using System.Text.Json;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;
using CrmSync.Chaos.Crms;
using CrmSync.Chaos.Rigging;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;
using CrmSync.Worker.Sync;

namespace CrmSync.Chaos.Runs;

/// <summary>Records that the CRM will not let anybody move: they are put aside, and the others do not wait for them.</summary>
public sealed class PoisonTests(ITestOutputHelper output)
{
    private static readonly int Leads = RunPlan.IsLong ? 5_000 : 200;
    private static readonly int Poisoned = Math.Max(2, Leads / 100);

    [Theory]
    [InlineData("hubspot")]
    [InlineData("pipedrive")]
    public async Task Healthy_leads_hardly_wait_for_poisoned_ones_and_a_replay_clears_those_after_the_fix(string crm)
    {
        Assert.SkipUnless(RunPlan.IsLong || crm == "hubspot", "A long run: CRMSYNC_CHAOS=1.");
        Assert.SkipUnless(RunPlan.Crm is null || RunPlan.Crm == crm, $"CRMSYNC_CRM={RunPlan.Crm}");
        var (alone, _) = await PlayAsync(crm, poisoned: 0);
        var (beside, end) = await PlayAsync(crm, Poisoned);

        output.Tell($"{crm}: {Leads} leads, {Poisoned} poisoned: the healthy ones waited {beside.TotalSeconds:0.0} s in the mean, {alone.TotalSeconds:0.0} s without poison: {(beside / alone) - 1:P1} longer; quarantined {end.Quarantined}, cleared by a replay {end.Cleared}");
        Assert.InRange(beside / alone, 0, 1.2);
        Assert.Equal((Poisoned, Poisoned), end);
    }

    private static async Task<(TimeSpan MeanWait, (int Quarantined, int Cleared) End)> PlayAsync(string crm, int poisoned)
    {
        await using var rig = await Rig.StartAsync(new() { Crm = CrmsUnderTest.All[crm], Webhooks = false, PollInterval = TimeSpan.FromMinutes(1) }, [.. Enumerable.Range(0, Leads).Select(i => Lead(i, i < poisoned))]);
        rig.Poison([.. rig.Leads().Where(l => IsPoisoned(l, poisoned))]);
        await rig.GoLiveAsync();
        await rig.StepAsync(rig.Now.AddMinutes(10));
        var asked = rig.Now;
        for (var i = 0; i < Leads; i++)
            rig.Control.Act(new() { Crm = crm, Key = KeyOf(i), Act = "submit-form", Fields = new Dictionary<string, string?> { ["kind"] = "handRaise" } });
        await UntilIdleAsync(rig);

        var waits = rig.Log().SelectMany(l => l.Effects.Where(e => e.Field == "crmsync_handover" && e.After == "waiting").Select(e => l.At - asked)).ToList();
        Assert.Equal(Leads - poisoned, waits.Count);
        var quarantined = rig.Store().Quarantine.Count;
        var violations = HistoryChecker.Check(await RigRecord.TakeAsync(rig, [], []));
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(20)));
        rig.Setting.Crm.Cure(rig);
        await rig.Worker.Store.AskAsync(RequestsWork.Replay, JsonSerializer.Serialize(new StoreRequestBody(Rig.Connection), JsonSerializerOptions.Web), rig.Now, CancellationToken.None);
        await UntilIdleAsync(rig);
        var cleared = rig.Leads().Count(l => IsPoisoned(l, poisoned) && l.Fields.GetValueOrDefault("crmsync_handover") == "waiting");
        return (TimeSpan.FromTicks((long)waits.Average(w => w.Ticks)), (quarantined, cleared));
    }

    private static bool IsPoisoned(CrmLead lead, int poisoned) => lead.Key is { } key && int.Parse(key[4..], CultureInfo.InvariantCulture) < poisoned;

    private static async Task UntilIdleAsync(Rig rig)
    {
        for (var (turn, calm) = (0, 0); turn < 5_000 && calm < 3; turn++)
        {
            await rig.StepAsync(await rig.NextAsync());
            calm = await rig.IsIdleAsync() ? calm + 1 : 0;
        }
    }

    private static string KeyOf(int i) => string.Create(CultureInfo.InvariantCulture, $"lead{i}");

    private static LeadSpec Lead(int i, bool isPoisoned) => new()
    {
        Key = KeyOf(i), Name = $"Anna {i}", Email = $"anna@c{i}.example", JobTitle = "Head of Production", Phone = isPoisoned ? null : "+45 20000000", Country = "Denmark",
        Company = new() { Key = $"c{i}", Name = $"Company {i}", Domain = $"c{i}.example", Industry = "MACHINERY", Employees = 140, Country = "Denmark" },
    };
}
