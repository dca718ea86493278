using System.Collections.Concurrent;
using System.Globalization;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;
using CrmSync.Tests.Support;
using CrmSync.Worker.Audit;

namespace CrmSync.Tests.EndToEnd;

/// <summary><c>kill -9</c> of the real process at random moments, with webhooks coming in and effects going out.</summary>
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20260105;
    private const int LeadsARound = 3;

    /// <summary><c>CRMSYNC_KILLS=200</c> for the long run; <c>CRMSYNC_CRM</c> plays it beside another CRM than HubSpot.</summary>
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("CRMSYNC_KILLS"), out var kills) && kills > 1 ? kills : 4;

    /// <summary>So many in the account that most may be moved within the hour: the brake lets 5 % through, and 200 at most.</summary>
    private static readonly int Others = Math.Max(600, Rounds * LeadsARound * ProgramCrm.Chosen.OthersForEach);

    private readonly string _data = Directory.CreateTempSubdirectory("crmsync-kill-").FullName;

    /// <summary>When a worker dies: while an effect is on its way, whenever it comes, or while it starts and settles what the one before left.</summary>
    private enum Death { WithEffects, Whenever, WhileItStarts }

    /// <summary>How many effects each death left open.</summary>
    private readonly ConcurrentBag<long> _open = [];

    private bool _kept = true;

    /// <summary>What went wrong is looked into afterwards.</summary>
    public void Dispose()
    {
        if (!_kept)
            Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_killed_worker_loses_no_accepted_webhook_and_repeats_no_effect()
    {
        await using var rig = await ProgramRig.StartAsync(_data, Rounds * LeadsARound, Others, ProgramCrm.Chosen, stageOnRejected: "Lead");
        using (var first = await rig.StartLiveAsync())
            first.Kill();
        if (rig.Crm.RestsFirst)
        {
            using var calm = rig.Start();
            await rig.RestedAsync(calm);
            calm.Kill();
        }
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
            await RoundAsync(rig, round, (Death)(round % 3), random);

        // Delays that met no write would only keep the end waiting.
        rig.Control.ClearFaults();
        using var last = rig.Start();
        await rig.SettledAsync(last, lead => StateOf(lead) is "waiting" or "accepted" or "rejected");
        AnswerWhatWaits(rig);
        await rig.SettledAsync(last, lead => StateOf(lead) is "accepted" or "rejected" || !IsAnswered(lead));
        Assert.Equal(0, await last.StopAsync());

        var history = await rig.HistoryAsync();
        var violations = HistoryChecker.Check(history);
        var (accepted, applied) = (history.Webhooks.Count(w => w.Status is >= 200 and < 300), history.Store.Audit.Count(r => r.Kind == "Applied"));
        var backwards = history.Store.Audit.Count(r => r is { Kind: "Applied", ToStage: "Lead", HandoverState: "Rejected" } && r.FromStage != r.ToStage);
        output.Tell($"kill -9 of the built program beside {rig.Crm.Name}: {Rounds + 1} kills survived, {_open.Count(open => open > 0)} of them with effects on their way ({_open.Sum()}); {accepted} webhooks accepted, {applied} effects, {backwards} moves backwards; {Damage.Of(violations)}, {violations.Count} violations");
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(20)));
        Assert.True(_open.Any(open => open > 0), "No worker died with effects on their way.");
        Assert.True(backwards > 0, "No rejected lead was taken back.");
        Assert.True((accepted > 0 || rig.Crm.Name == "salesforce") && applied >= rig.Ids.Count);
        _kept = false;
    }

    /// <summary>Leads raise their hands, webhooks pour in, and the worker dies.</summary>
    private async Task RoundAsync(ProgramRig rig, int round, Death death, Random random)
    {
        var born = InstantText.Of(DateTimeOffset.UtcNow);
        using var worker = rig.Start();
        if (death != Death.WhileItStarts)
            await rig.UntilAsync("the door is open", worker, async () => await rig.SendAsync() is not null);
        for (var i = 0; i < LeadsARound; i++)
            rig.RaiseHand((round * LeadsARound) + i);
        AnswerWhatWaits(rig);
        // A CRM that takes its time: death comes while effects are on their way.
        rig.Control.AddFault(new() { Crm = rig.Crm.Name, Match = new() { Method = rig.Crm.Write.Method, Path = rig.Crm.Write.Path }, Take = 2, Fault = "delay", Seconds = 1 });
        using var over = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
                await Task.Delay(await rig.SendAsync() is null ? TimeSpan.FromMilliseconds(20) : rig.Crm.Breath);
        })).ToList();
        if (death == Death.WithEffects)
            await rig.UntilAsync("an effect is on its way", worker, async () =>
            {
                await rig.ReleaseAsync();
                // One that it began itself: those before it left theirs open, and would let each die before it did anything.
                return rig.File.Number($"SELECT count(*) FROM intents WHERE settled_at IS NULL AND created_at > '{born}'") > 0;
            });
        await Task.Delay(death switch
        {
            Death.WithEffects => random.Next(0, 1_000),
            Death.WhileItStarts => random.Next(0, 2_000),
            _ => random.Next(100, 2_500),
        });
        worker.Kill();
        _open.Add(Open(rig));
        await over.CancelAsync();
        await Task.WhenAll(senders);
    }

    /// <summary>Two of three leads are answered, once their offer is there.</summary>
    private static void AnswerWhatWaits(ProgramRig rig)
    {
        foreach (var lead in rig.Leads.Where(l => IsAnswered(l) && StateOf(l) == "waiting"))
        {
            var accepts = NumberOf(lead) % 3 == 0;
            rig.Control.Act(new() { Crm = rig.Crm.Name, Key = lead.Key!, Act = accepts ? "accept" : "reject", Person = "rep-1", Reason = accepts ? null : "no need" });
        }
    }

    private static long Open(ProgramRig rig) => rig.File.Number("SELECT count(*) FROM intents WHERE settled_at IS NULL");

    private static string? StateOf(CrmLead lead) => lead.Fields.GetValueOrDefault("crmsync_handover");

    private static bool IsAnswered(CrmLead lead) => NumberOf(lead) % 3 < 2;

    private static int NumberOf(CrmLead lead) => int.Parse(lead.Key!["lead".Length..], CultureInfo.InvariantCulture);
}
