using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CrmSync.Chaos.Checker.History;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Control;

namespace CrmSync.Tests.Support;

/// <summary>The built program beside a sandbox CRM on the real clock, webhooks that pour in, and what is known of all of it in the end.</summary>
internal sealed class ProgramRig : IAsyncDisposable
{
    private const string Open = "settled_at IS NULL";
    private const string Waiting = $"SELECT (SELECT count(*) FROM inbox WHERE done_at IS NULL) + (SELECT count(*) FROM intents WHERE {Open}) + (SELECT count(*) FROM activities WHERE {Open})";
    /// <summary>Longer than a settle time and two reads after it, on a machine that is busy with other work.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private readonly ConcurrentBag<WebhookSent> _sent = [];
    private readonly int _port = Ports.Free();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(3) };
    private SandboxHost _sandbox = null!;
    private AccountCard _account = null!;
    private DateTimeOffset _setUpAt;
    private long _event;

    private readonly List<WorkerProcess> _workers = [];
    private readonly string? _stageOnRejected;

    private ProgramRig(string data, ProgramCrm crm, string? stageOnRejected) => (Data, Crm, _stageOnRejected) = (data, crm, stageOnRejected);

    public string Data { get; }
    public ProgramCrm Crm { get; }
    public StoreFile File => new(Data);
    public SandboxControl Control => _sandbox.Control;
    public IReadOnlyList<string> Ids { get; private set; } = [];

    public List<CrmLead> Leads => [.. State.Where(l => l.Key?.StartsWith("lead", StringComparison.Ordinal) == true)];

    private IReadOnlyList<CrmLead> State => LogReader.State(JsonSerializer.Serialize(Control.State(Crm.Name), JsonSerializerOptions.Web), Crm.Dialect);
    private Uri Door => new($"http://127.0.0.1:{_port}/webhooks/main");

    private string Config => Path.Combine(Data, "settings.json");

    /// <param name="stageOnRejected">Where a rejected lead goes; null: it stays.</param>
    public static async Task<ProgramRig> StartAsync(string data, int leads, int others, ProgramCrm? crm = null, string? stageOnRejected = null)
    {
        crm ??= ProgramCrm.HubSpot;
        var rig = new ProgramRig(data, crm, stageOnRejected) { _sandbox = await SandboxHost.StartAsync(crm.Sandbox) };
        rig._account = rig.Control.Reset(new() { Accounts = new Dictionary<string, int> { [crm.Name] = 1 } }).Accounts[0];
        rig.Control.Generate(new() { Crm = crm.Name, Count = others, Seed = 1 });
        rig.Ids = [.. rig.Control.AddLeads(new() { Crms = [crm.Name], Leads = [.. Enumerable.Range(0, leads).Select(i => Some.Lead($"lead{i}"))] }).Ids.Select(i => i.Id)];
        await System.IO.File.WriteAllTextAsync(rig.Config, JsonSerializer.Serialize(new
        {
            Connections = new
            {
                main = new Dictionary<string, string>(crm.Credentials(rig._account)) { ["Crm"] = crm.Name, ["AccountId"] = rig._account.AccountId, ["BaseUrl"] = rig._account.BaseUrl },
            },
        }));
        Assert.Equal(0, (await rig.CommandAsync("setup")).Exit);
        rig._setUpAt = DateTimeOffset.UtcNow;
        return rig;
    }

    public WorkerProcess Start()
    {
        var worker = WorkerProcess.Start(Data, ProgramFacts.Environment(Crm, _account, _port, _stageOnRejected));
        _workers.Add(worker);
        return worker;
    }

    /// <summary>A worker that took its baseline and went live.</summary>
    public async Task<WorkerProcess> StartLiveAsync()
    {
        var worker = Start();
        await UntilAsync("the worker is live", worker, () => Task.FromResult(File.Rows("SELECT value FROM remembered WHERE name = 'start-at'").Count == 1));
        return worker;
    }

    public Task<CommandResult> CommandAsync(params string[] args) => CommandResult.RunAsync([.. args, "--config", Config, "--data", Data]);

    public void RaiseHand(int lead) => Control.Act(new()
    {
        Crm = Crm.Name, Key = $"lead{lead}", Act = "submit-form", Fields = new Dictionary<string, string?> { ["kind"] = "handRaise" },
    });

    /// <summary>
    /// Sends a webhook of its own about one of the leads, or knocks where the CRM sends none. Null when no answer came: whether it was
    /// stored then, nobody knows.
    /// </summary>
    public async Task<HttpStatusCode?> SendAsync()
    {
        var (number, at, status) = (Interlocked.Increment(ref _event), DateTimeOffset.UtcNow, default(HttpStatusCode?));
        var lead = Ids[(int)(number % Ids.Count)];
        try
        {
            using var request = Crm.Webhook(Door, _account, number, lead);
            if (request is null)
                return await KnockAsync();
            using var response = await _http.SendAsync(request);
            status = response.StatusCode;
        }
        catch (Exception lost) when (lost is HttpRequestException or SocketException or TaskCanceledException)
        {
            // Nobody heard an answer. A line that breaks as soon as it stands comes out of HttpClient as the socket's own error.
        }
        _sent.Add(new(at, [number.ToString(CultureInfo.InvariantCulture)], [lead], true, (int?)status));
        return status;
    }

    private async Task<HttpStatusCode?> KnockAsync()
    {
        await Task.Delay(20);
        using var response = await _http.GetAsync(Door);
        return response.StatusCode;
    }

    /// <summary>More moves in an hour than the brake lets through: the rig's admin reads the warning and says yes.</summary>
    public async Task ReleaseAsync()
    {
        if (File.Rows("SELECT value FROM remembered WHERE name = 'brake-at'").Any())
            await CommandAsync("approve", "main");
    }

    /// <summary>Until nothing waits.</summary>
    public Task RestedAsync(WorkerProcess worker) => UntilAsync(() => $"all is looked at ({File.Number(Waiting)} rows wait)", worker, () => Task.FromResult(File.Number(Waiting) == 0));

    /// <summary>Until nothing waits and each of these leads is where it should be.</summary>
    public async Task SettledAsync(WorkerProcess worker, Func<CrmLead, bool> isSettled)
    {
        var unsettled = 0;
        await UntilAsync(() => $"all is settled ({File.Number(Waiting)} rows wait, {unsettled} leads are not where they should be)", worker, async () =>
        {
            await ReleaseAsync();
            unsettled = File.Number(Waiting) == 0 ? Leads.Count(lead => !isSettled(lead)) : -1;
            return unsettled == 0;
        });
        // Figures are told up to the last poll: all that happened is to lie before it.
        var rested = DateTimeOffset.UtcNow;
        await UntilAsync("a poll saw all of it", worker, () => Task.FromResult(
            DateTimeOffset.Parse(File.Rows("SELECT value FROM remembered WHERE name = 'polled-at'").Single(), CultureInfo.InvariantCulture) > rested));
    }

    public Task UntilAsync(string what, WorkerProcess worker, Func<Task<bool>> condition) => UntilAsync(() => what, worker, condition);

    private async Task UntilAsync(Func<string> what, WorkerProcess worker, Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await HoldsAsync(condition))
        {
            Assert.True(clock.Elapsed < Patience, $"Waited in vain until {what()}; the data is in {Data}.\n{worker.Output}");
            await Task.Delay(50);
        }
    }

    /// <summary>Everything that is known of the run, for a checker that shares no code with the product. The worker is to be stopped.</summary>
    public async Task<RunHistory> HistoryAsync()
    {
        var verify = await CommandAsync("audit", "verify", "--json");
        Assert.True(verify.Exit == 0, verify.Out + verify.Error);
        var kpis = await CommandAsync("kpi", "--json");
        Assert.True(kpis.Exit == 0, kpis.Error);
        var translation = new Translation(Crm.Dialect);
        return new()
        {
            Facts = ProgramFacts.Of(Crm, _account, Control, _setUpAt, DateTimeOffset.Parse(File.Rows("SELECT value FROM remembered WHERE name = 'start-at'").Single(), CultureInfo.InvariantCulture), _stageOnRejected),
            Log = LogReader.Log(Control.Log().Select(e => JsonSerializer.Serialize(e, JsonSerializerOptions.Web)), translation),
            Leads = State,
            Store = translation.Of(StoreReader.Read(Data, "main")),
            Webhooks = [.. _sent],
            Kpis = kpis.Out,
            Outputs = Outputs(),
        };
    }

    /// <summary>What all the workers said, and the files that they left. The rig's own settings hold the secrets of the account.</summary>
    private Dictionary<string, string> Outputs()
    {
        var outputs = new Dictionary<string, string> { [RunHistory.LogOutput] = string.Join('\n', _workers.Select(w => w.Output)) };
        foreach (var file in Directory.EnumerateFiles(Data).Where(f => f != Config))
            outputs[Path.GetFileName(file)] = System.IO.File.ReadAllText(file, Encoding.Latin1);
        return outputs;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }

    /// <summary>A store that is not there yet, or is in somebody's hand, holds nothing.</summary>
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
