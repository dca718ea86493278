using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary><c>kill -9</c> of the real process at random moments, with webhooks coming in and effects going out.</summary>
public sealed class KillTests : IAsyncLifetime
{
    private const int Seed = 20260105;
    private const int LeadsARound = 3;

    /// <summary><c>CRMSYNC_KILLS=40</c> for the long run.</summary>
    private static readonly int Rounds = int.TryParse(System.Environment.GetEnvironmentVariable("CRMSYNC_KILLS"), out var kills) && kills > 1 ? kills : 6;

    /// <summary>So many in the account that all may be moved within the hour: the brake lets 5 % through.</summary>
    private static readonly int Others = Math.Max(600, Rounds * LeadsARound * 30);

    private readonly string _data = Directory.CreateTempSubdirectory("crmsync-kill-").FullName;
    private readonly ConcurrentBag<long> _accepted = [];
    private readonly int _port = WorkerProcess.FreePort();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(3) };
    private SandboxHost _sandbox = null!;
    private AccountCard _account = null!;
    private SignedWebhook _sign = null!;
    private string[] _ids = [];
    private long _event;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(new() { AutoDeliver = false, HubSpot = new() { SearchLagSeconds = 0 } });
        _account = _sandbox.Control.Reset(new() { Accounts = new Dictionary<string, int> { ["hubspot"] = 1 } }).Accounts[0];
        _sandbox.Control.Generate(new() { Crm = "hubspot", Count = Others, Seed = 1 });
        _ids = [.. _sandbox.Control.AddLeads(new() { Leads = [.. Enumerable.Range(0, Rounds * LeadsARound).Select(i => Some.Lead($"lead{i}"))] }).Ids.Select(i => i.Id)];
        _sign = new(new Uri($"http://127.0.0.1:{_port}/webhooks/main"), _account.WebhookSecret, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_killed_worker_loses_no_accepted_webhook_and_repeats_no_effect()
    {
        var config = Path.Combine(_data, "settings.json");
        await System.IO.File.WriteAllTextAsync(config, System.Text.Json.JsonSerializer.Serialize(new
        {
            Connections = new { main = new { Crm = "hubspot", _account.AccountId, _account.BaseUrl, _account.Token } },
        }));
        Assert.Equal(0, (await CommandResult.RunAsync("setup", "--config", config, "--data", _data)).Exit);
        using (var first = WorkerProcess.Start(_data, Environment))
        {
            await UntilAsync("the worker is live", () => first.Output, () => File.Number("SELECT count(*) FROM remembered WHERE name = 'start-at'") == 1);
            first.Kill();
        }

        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
            await RoundAsync(round, TimeSpan.FromMilliseconds(random.Next(100, 2_500)));

        using var last = WorkerProcess.Start(_data, Environment);
        await SettledAsync(last, state => state is "waiting" or "accepted" or "rejected");
        AnswerWhatWaits();
        await SettledAsync(last, state => state is "accepted" or "rejected", Answered);
        Assert.Equal(0, await last.StopAsync());

        AllAcceptedAreStored();
        EffectsAreSingle();
        ActivitiesAreSingle();
        var verify = await CommandResult.RunAsync("audit", "verify", "--json", "--config", config, "--data", _data);
        Assert.True(verify.Exit == 0, verify.Out + verify.Error);
    }

    /// <summary>Leads raise their hands, webhooks pour in, and the worker dies.</summary>
    private async Task RoundAsync(int round, TimeSpan life)
    {
        using var worker = WorkerProcess.Start(_data, Environment);
        await UntilAsync("the door is open", () => worker.Output, async () => await SendAsync() is not null);
        for (var i = 0; i < LeadsARound; i++)
            _sandbox.Control.Act(new() { Crm = "hubspot", Key = $"lead{(round * LeadsARound) + i}", Act = "submit-form", Fields = new Dictionary<string, string?> { ["kind"] = "handRaise" } });
        AnswerWhatWaits();
        using var over = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
                await SendAsync();
        })).ToList();
        await Task.Delay(life);
        worker.Kill();
        await over.CancelAsync();
        await Task.WhenAll(senders);
    }

    /// <summary>Two of three leads are answered, once their offer is there.</summary>
    private void AnswerWhatWaits()
    {
        foreach (var lead in Leads.Where(l => Answered(l) && l.Fields.GetValueOrDefault("crmsync_handover") == "waiting"))
        {
            var accepts = NumberOf(lead) % 3 == 0;
            _sandbox.Control.Act(new() { Crm = "hubspot", Key = lead.Key!, Act = accepts ? "accept" : "reject", Person = "rep-1", Reason = accepts ? null : "no need" });
        }
    }

    private List<LeadState> Leads => [.. _sandbox.Control.State("hubspot").Leads.Where(l => l.Key?.StartsWith("lead", StringComparison.Ordinal) == true)];

    private static bool Answered(LeadState lead) => NumberOf(lead) % 3 < 2;

    private static int NumberOf(LeadState lead) => int.Parse(lead.Key!["lead".Length..], CultureInfo.InvariantCulture);

    private Task SettledAsync(WorkerProcess worker, Func<string?, bool> isSettled, Func<LeadState, bool>? which = null) => UntilAsync("all is settled", () => worker.Output, () =>
        File.Number("SELECT count(*) FROM inbox WHERE done_at IS NULL") == 0
        && File.Number("SELECT count(*) FROM intents WHERE settled_at IS NULL") == 0
        && File.Number("SELECT count(*) FROM activities WHERE settled_at IS NULL") == 0
        && Leads.Where(which ?? (_ => true)).All(l => isSettled(l.Fields.GetValueOrDefault("crmsync_handover"))));

    /// <summary>Null when no answer came. Whether the event was stored then, nobody knows.</summary>
    private async Task<HttpStatusCode?> SendAsync()
    {
        var number = Interlocked.Increment(ref _event);
        try
        {
            using var request = _sign.Request($"[{SignedWebhook.Event(number, _ids[number % _ids.Length], _account.AccountId)}]");
            using var response = await _http.SendAsync(request);
            if (response.IsSuccessStatusCode)
                _accepted.Add(number);
            return response.StatusCode;
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    private void AllAcceptedAreStored()
    {
        var stored = File.Rows("SELECT delivery FROM inbox WHERE delivery LIKE '%|%'").Select(d => long.Parse(d.Split('|')[1], CultureInfo.InvariantCulture)).ToHashSet();
        Assert.NotEmpty(_accepted);
        Assert.DoesNotContain(_accepted, e => !stored.Contains(e));
    }

    private void EffectsAreSingle()
    {
        var rows = File.Audit();
        var markers = _sandbox.Control.Log().SelectMany(e => e.Effects).Where(e => e.Field == "crmsync_marker" && !string.IsNullOrEmpty(e.After)).Select(e => e.After!).ToList();
        Assert.True(markers.Count >= _ids.Length);
        Assert.Equal(markers.Distinct(), markers);
        var ends = rows.Where(r => r.Kind is "Applied" or "Refused" or "Conflict" or "Superseded" or "Gone").ToLookup(r => r.Transition);
        Assert.All(rows.Where(r => r.Kind == "Decided"), decided => Assert.Single(ends[decided.Transition]));
        Assert.All(rows.Where(r => r.Kind == "Applied"), applied => Assert.Single(markers, m => m.EndsWith(applied.Transition!, StringComparison.Ordinal)));
    }

    /// <summary>One task an offer and one note a decision, by key, by content, and by all that was ever made.</summary>
    private void ActivitiesAreSingle()
    {
        var applied = File.Audit().Where(r => r.Kind == "Applied").ToList();
        var decided = applied.Where(r => r.State is "Accepted" or "Rejected").ToList();
        var leads = Leads;
        Assert.NotEmpty(decided);
        Assert.All(leads, lead => Assert.Equal(
            lead.Fields["crmsync_handover"] == "waiting" ? "NOT_STARTED" : "COMPLETED", Assert.Single(lead.Tasks).Fields["hs_task_status"]));
        Assert.All(leads, lead => Assert.StartsWith($"ASKED FOR A DEMO: Answer lead: Anna {lead.Key},", lead.Tasks[0].Fields["hs_task_subject"], StringComparison.Ordinal));
        Assert.All(leads.Where(l => l.Fields["crmsync_handover"] == "waiting"), lead => Assert.Empty(lead.Notes));
        Assert.All(leads.Where(l => l.Fields["crmsync_handover"] != "waiting"), lead => Assert.StartsWith(
            lead.Fields["crmsync_handover"] == "accepted" ? "Accepted by " : "Rejected by ", Assert.Single(lead.Notes).Fields["hs_note_body"], StringComparison.Ordinal));
        Assert.Equal(decided.Select(d => $"note/{d.Transition}").Order(), leads.SelectMany(l => l.Notes).Select(n => n.Fields["crmsync_key"]).Order());
        var made = _sandbox.Control.Log().SelectMany(e => e.Effects).Where(e => e.Field == "id").ToLookup(e => e.ObjectName);
        Assert.Equal((leads.Count, decided.Count), (made["tasks"].Count(), made["notes"].Count()));
    }

    private StoreFile File => new(_data);

    private Dictionary<string, string> Environment => new()
    {
        ["CRMSYNC__Connections__main__Crm"] = "hubspot",
        ["CRMSYNC__Connections__main__AccountId"] = _account.AccountId,
        ["CRMSYNC__Connections__main__BaseUrl"] = _account.BaseUrl,
        ["CRMSYNC__Connections__main__Token"] = _account.Token,
        ["CRMSYNC__Connections__main__WebhookSecrets__0"] = _account.WebhookSecret,
        ["CRMSYNC__Connections__main__Mode"] = "live",
        ["CRMSYNC__Connections__main__PollInterval"] = "00:00:05",
        ["CRMSYNC__Connections__main__Mapping__Options__SettleSeconds"] = "1",
        ["CRMSYNC__Webhooks__Address"] = "127.0.0.1",
        ["CRMSYNC__Webhooks__Port"] = _port.ToString(CultureInfo.InvariantCulture),
        ["CRMSYNC__Admin__Port"] = "0",
    };

    private static Task UntilAsync(string what, Func<string> output, Func<bool> condition) => UntilAsync(what, output, () => Task.FromResult(condition()));

    private static async Task UntilAsync(string what, Func<string> output, Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await HoldsAsync(condition))
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"Waited in vain until {what}.\n{output()}");
            await Task.Delay(50);
        }
    }

    /// <summary>A store that is not there yet holds nothing.</summary>
    private static async Task<bool> HoldsAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return false;
        }
    }
}
