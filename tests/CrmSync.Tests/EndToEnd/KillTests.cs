using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using CrmSync.Chaos.Checker.History;
using CrmSync.Chaos.Checker.Invariants;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;

namespace CrmSync.Tests.EndToEnd;

/// <summary><c>kill -9</c> of the real process at random moments, with webhooks coming in and effects going out.</summary>
public sealed class KillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Seed = 20260105;
    private const int LeadsARound = 3;

    /// <summary><c>CRMSYNC_KILLS=40</c> for the long run.</summary>
    private static readonly int Rounds = int.TryParse(System.Environment.GetEnvironmentVariable("CRMSYNC_KILLS"), out var kills) && kills > 1 ? kills : 6;

    /// <summary>So many in the account that all may be moved within the hour: the brake lets 5 % through.</summary>
    private static readonly int Others = Math.Max(600, Rounds * LeadsARound * 30);

    private readonly string _data = Directory.CreateTempSubdirectory("crmsync-kill-").FullName;
    private readonly ConcurrentBag<WebhookSent> _sent = [];
    private readonly ConcurrentBag<bool> _deaths = [];
    private readonly int _port = WorkerProcess.FreePort();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(3) };
    private SandboxHost _sandbox = null!;
    private AccountCard _account = null!;
    private SignedWebhook _sign = null!;
    private string[] _ids = [];
    private long _event;
    private DateTimeOffset _setUpAt;

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
        await System.IO.File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            Connections = new { main = new { Crm = "hubspot", _account.AccountId, _account.BaseUrl, _account.Token } },
        }));
        Assert.Equal(0, (await CommandResult.RunAsync("setup", "--config", config, "--data", _data)).Exit);
        _setUpAt = DateTimeOffset.UtcNow;
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

        var verify = await CommandResult.RunAsync("audit", "verify", "--json", "--config", config, "--data", _data);
        Assert.True(verify.Exit == 0, verify.Out + verify.Error);
        var history = await HistoryAsync(config);
        output.WriteLine($"{Rounds + 1} kills: {history.Webhooks.Count(w => w.Status is >= 200 and < 300)} webhooks accepted, {history.Store.Audit.Count(r => r.Kind == "Applied")} effects, {_deaths.Count} deaths with {_deaths.Count(d => d)} open intents");
        var violations = HistoryChecker.Check(history);
        Assert.True(violations.Count == 0, string.Join('\n', violations.Take(20)));
        Assert.NotEmpty(_sent);
        Assert.True(history.Store.Audit.Count(r => r.Kind == "Applied") >= _ids.Length);
    }

    /// <summary>Everything that is known of the run, for a checker that shares no code with the product.</summary>
    private async Task<RunHistory> HistoryAsync(string config)
    {
        var kpis = await CommandResult.RunAsync("kpi", "--json", "--config", config, "--data", _data);
        Assert.True(kpis.Exit == 0, kpis.Error);
        var accepted = _sandbox.Control.Log().SelectMany(e => e.Effects)
            .FirstOrDefault(e => e is { Field: CrmFields.Stage, Before: "marketingqualifiedlead" } && e.Actor.StartsWith("api:", StringComparison.Ordinal))?.After ?? "";
        return new()
        {
            Facts = new()
            {
                Connection = "main", OurIdentity = "static", SetUpAt = _setUpAt, LiveAt = DateTimeOffset.Parse(File.Rows("SELECT value FROM remembered WHERE name = 'start-at'").Single(), CultureInfo.InvariantCulture),
                StageOrder = ["subscriber", "lead", "marketingqualifiedlead", accepted, "salesqualifiedlead", "opportunity", "customer", "evangelist", "other"],
                StageValues = new Dictionary<string, string>
                {
                    ["Lead"] = "lead", ["MarketingQualified"] = "marketingqualifiedlead", ["SalesAccepted"] = accepted, ["SalesQualified"] = "salesqualifiedlead",
                    ["Opportunity"] = "opportunity", ["Customer"] = "customer",
                },
                Quotas = [new("!/search", TimeSpan.FromSeconds(10), 114), new("/search", TimeSpan.FromSeconds(1), 5)],
                AllowedHosts = new HashSet<string> { new Uri(_account.BaseUrl).Authority },
                Canaries = [_account.Token, _account.WebhookSecret],
            },
            Log = LogReader.Log(_sandbox.Control.Log().Select(e => JsonSerializer.Serialize(e, JsonSerializerOptions.Web))),
            Leads = LogReader.State(JsonSerializer.Serialize(_sandbox.Control.State("hubspot"), JsonSerializerOptions.Web)),
            Store = StoreReader.Read(_data, "main"),
            Webhooks = [.. _sent],
            Kpis = kpis.Out,
        };
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
        _deaths.Add(File.Number("SELECT count(*) FROM intents WHERE settled_at IS NULL") > 0);
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
        var (number, status) = (Interlocked.Increment(ref _event), default(HttpStatusCode?));
        var (at, lead) = (DateTimeOffset.UtcNow, _ids[number % _ids.Length]);
        try
        {
            using var request = _sign.Request($"[{SignedWebhook.Event(number, lead, _account.AccountId)}]");
            using var response = await _http.SendAsync(request);
            status = response.StatusCode;
        }
        catch (Exception lost) when (lost is HttpRequestException or TaskCanceledException)
        {
            // Nobody heard an answer.
        }
        _sent.Add(new(at, [number.ToString(CultureInfo.InvariantCulture)], [lead], true, (int?)status));
        return status;
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
