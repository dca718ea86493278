using System.Text.Json;
using CrmSync.Chaos.Checker.History;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Control;
using CrmSync.Worker.Commands.Demo;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Sync;

namespace CrmSync.Chaos.Rigging;

/// <summary>
/// A sandbox CRM, and one worker after another on the same data, in one process and on one simulated clock. A worker that
/// dies is followed by the next at the next step.
/// </summary>
internal sealed class Rig : IAsyncDisposable
{
    public const string Connection = "main";

    /// <summary>What the connection's share allows: 60 % of what is configured as the account's limit.</summary>
    public const int MostInTenSeconds = 24;
    private static readonly string[] Events =
        ["contact.creation", "contact.deletion", "contact.merge", "contact.propertyChange", "contact.associationChange", "company.propertyChange", "deal.creation", "deal.propertyChange"];

    private readonly string _directory = Directory.CreateTempSubdirectory("crmsync-chaos-").FullName;
    private RigRounds _rounds = null!;
    private SandboxHost _sandbox = null!;
    private int _port;

    private Rig(RigSetting setting) => (Setting, Clock) = (setting, new(setting.Start));

    public RigSetting Setting { get; }
    public SimulatedClock Clock { get; }
    public CrashBook Book { get; } = new();
    public Wires Wires { get; private set; } = null!;
    public CollectedLogs Logs { get; } = new();
    public AccountCard Account { get; private set; } = null!;
    public Worker Worker { get; private set; } = null!;
    public string DataDirectory => _directory;
    public SandboxControl Control => _sandbox.Control;
    public DateTimeOffset Now => Clock.GetUtcNow();
    public DateTimeOffset? SetUpAt { get; private set; }
    public DateTimeOffset? LiveAt { get; private set; }

    /// <summary>Whether the CRM's webhooks get through; those of a time when they do not are sent later, as the vendor does.</summary>
    public bool WebhooksArrive { get; set; } = true;

    /// <summary>Starts the CRM with its people, sets the fields up and takes the baseline in shadow.</summary>
    public static async Task<Rig> StartAsync(RigSetting setting, IReadOnlyList<LeadSpec> leads, Action<Rig>? made = null)
    {
        var rig = new Rig(setting);
        made?.Invoke(rig);
        rig.Wires = new(rig.Clock);
        File.Copy(SettingsReader.RulesPath("sal-rules.yaml"), Worker.RulesFile(rig._directory));
        rig._sandbox = await SandboxHost.StartAsync(new() { Clock = rig.Clock, AutoDeliver = false, HubSpot = setting.Switches, Seed = setting.Seed });
        rig.Account = rig.Control.Reset(new() { Seed = setting.Seed, Accounts = new Dictionary<string, int> { ["hubspot"] = 1 } }).Accounts[0];
        await rig.NextWorkerAsync();
        await rig.Clock.RunAsync(() => rig.Worker.Connection.Adapter.SetupAsync(planOnly: false, CancellationToken.None));
        rig.Clock.AdvanceTo(rig.Now.AddSeconds(1));
        rig.SetUpAt = rig.Now;
        rig.Control.AddLeads(new() { Crms = ["hubspot"], Leads = leads });
        if (setting.Webhooks)
            rig.Control.Subscribe(new() { Crm = "hubspot", Url = rig.Worker.Webhooks, Events = Events });
        return rig;
    }

    /// <summary>Sweeps the account in shadow and goes live.</summary>
    public async Task GoLiveAsync()
    {
        for (var turn = 0; turn < 200 && !await Worker.Memory.HasBaselineAsync(Connection, CancellationToken.None); turn++)
            await StepAsync(Now.AddSeconds(2));
        await Worker.Store.AskAsync(RequestsWork.GoLive, JsonSerializer.Serialize(new StoreRequestBody(Connection), JsonSerializerOptions.Web), Now, CancellationToken.None);
        LiveAt = Now;
        await StepAsync(Now.AddSeconds(2));
    }

    /// <summary>Goes to an instant: webhooks arrive, what is due rings, and what waits is worked off. Answers whether the worker died on it.</summary>
    public async Task<bool> StepAsync(DateTimeOffset to)
    {
        Clock.AdvanceTo(to);
        try
        {
            await Clock.RunAsync(_rounds.WorkAsync);
        }
        catch (WorkerDiedException)
        {
            // Where it died is in the book.
        }
        if (!Worker.Life.IsOver)
            return false;
        await NextWorkerAsync();
        return true;
    }

    /// <summary>An admin saves the rules as a new version.</summary>
    public void SaveRules(int version)
    {
        var file = Worker.RulesFile(_directory);
        File.WriteAllText(file, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(file), "(?m)^version: .*$", $"version: {version}"));
    }

    /// <summary>The worker is killed where it stands, between two steps.</summary>
    public async Task KillAsync()
    {
        Book.DieAfter(0);
        await StepAsync(Now);
    }

    /// <summary>The next instant at which the product or the CRM has something to do by itself.</summary>
    public async Task<DateTimeOffset> NextAsync()
    {
        var store = Worker.Store;
        DateTimeOffset?[] instants =
        [
            WebhooksArrive ? _sandbox.NextDue : null,
            await store.NextDueAsync(Connection, CancellationToken.None),
            await store.NextIntentAsync(Connection, CancellationToken.None),
            await store.NextActivityAsync(Connection, CancellationToken.None),
            await store.NextPutOffAsync(Connection, CancellationToken.None),
            Worker.Connection.Gate.ClosedUntil(Now),
            _rounds.NextPoll,
        ];
        return instants.Min() is not { } next ? Now + Setting.PollInterval : next > Now ? next : Now.AddSeconds(1);
    }

    /// <summary>Rings one kind of work now, whatever its interval.</summary>
    public Task Works<T>() where T : IRecurringWork => Clock.RunAsync(async () =>
    {
        foreach (var work in Worker.Works.OfType<T>())
            await work.RunAsync(Now, CancellationToken.None);
        return true;
    });

    /// <summary>Nothing waits in the inbox, no effect, task or note is open.</summary>
    public async Task<bool> IsIdleAsync() =>
        await Worker.Store.PendingAsync(Connection, CancellationToken.None) == 0
        && await Worker.Store.NextIntentAsync(Connection, CancellationToken.None) is null
        && await Worker.Store.NextActivityAsync(Connection, CancellationToken.None) is null;

    public IReadOnlyList<LogLine> Log(long after = 0) => LogReader.Log(Control.Log(after).Select(e => JsonSerializer.Serialize(e, ControlJson.Options)));

    public IReadOnlyList<CrmLead> Leads() => LogReader.State(JsonSerializer.Serialize(Control.State("hubspot"), ControlJson.Options));

    /// <summary>The store as it lies on the disk; the worker goes on.</summary>
    public StoreTables Store() => StoreReader.Read(_directory, Connection);

    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        await _sandbox.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task NextWorkerAsync()
    {
        if (Worker is not null)
            await Worker.DisposeAsync();
        _rounds = new(this, _sandbox);
        Worker = await Worker.StartAsync(Setting, Account, _directory, Clock, Wires, Book, Logs, _port);
        _port = Worker.Webhooks.Port;
    }
}
