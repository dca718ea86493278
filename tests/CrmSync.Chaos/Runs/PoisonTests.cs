using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;
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

    [Fact]
    public async Task Healthy_leads_hardly_wait_for_poisoned_ones_and_a_replay_clears_those_after_the_fix()
    {
        var (alone, _) = await PlayAsync(poisoned: 0);
        var (beside, end) = await PlayAsync(Poisoned);

        output.Tell($"{Leads} leads, {Poisoned} poisoned: the healthy ones waited {beside.TotalSeconds:0.0} s in the mean, {alone.TotalSeconds:0.0} s without poison: {(beside / alone) - 1:P1} longer; quarantined {end.Quarantined}, cleared by a replay {end.Cleared}");
        Assert.InRange(beside / alone, 0, 1.2);
        Assert.Equal((Poisoned, Poisoned), end);
    }

    private static async Task<(TimeSpan MeanWait, (int Quarantined, int Cleared) End)> PlayAsync(int poisoned)
    {
        await using var rig = await Rig.StartAsync(new() { Webhooks = false, PollInterval = TimeSpan.FromMinutes(1) }, [.. Enumerable.Range(0, Leads).Select(i => Lead(i, i < poisoned))]);
        Require(rig, "phone");
        await rig.GoLiveAsync();
        await rig.StepAsync(rig.Now.AddMinutes(10));
        var asked = rig.Now;
        for (var i = 0; i < Leads; i++)
            rig.Control.Act(new() { Crm = "hubspot", Key = KeyOf(i), Act = "submit-form", Fields = new Dictionary<string, string?> { ["kind"] = "handRaise" } });
        await UntilIdleAsync(rig);

        var waits = rig.Log().SelectMany(l => l.Effects.Where(e => e.Field == "crmsync_handover" && e.After == "waiting").Select(e => l.At - asked)).ToList();
        Assert.Equal(Leads - poisoned, waits.Count);
        var quarantined = rig.Store().Quarantine.Count;
        Require(rig);
        await rig.Worker.Store.AskAsync(RequestsWork.Replay, JsonSerializer.Serialize(new StoreRequestBody(Rig.Connection), JsonSerializerOptions.Web), rig.Now, CancellationToken.None);
        await UntilIdleAsync(rig);
        var cleared = rig.Leads().Count(l => l.Key is { } key && int.Parse(key[4..], CultureInfo.InvariantCulture) < poisoned && l.Fields.GetValueOrDefault("crmsync_handover") == "waiting");
        return (TimeSpan.FromTicks((long)waits.Average(w => w.Ticks)), (quarantined, cleared));
    }

    /// <summary>The admin of the CRM wants these fields filled in before somebody becomes marketing qualified.</summary>
    private static void Require(Rig rig, params string[] fields) => rig.Control.SetSwitch("hubspot", "requiredForStage",
        fields.Length == 0 ? new JsonObject() : new JsonObject { ["marketingqualifiedlead"] = new JsonArray([.. fields.Select(f => JsonValue.Create(f))]) });

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
