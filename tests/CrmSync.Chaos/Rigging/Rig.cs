using System.Text.Json;
using CrmSync.Chaos.Checker.History;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Sandbox.Control;
using CrmSync.Tests.Support;
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

    private readonly string _directory = Directory.CreateTempSubdirectory("crmsync-chaos-").FullName;
    private RigRounds _rounds = null!;
    private Listening _listening = null!;
    private SandboxHost _sandbox = null!;
    private readonly SeededIds _ids;
    private readonly int _port = Ports.Free();

    private Rig(RigSetting setting)
    {
        (Setting, Clock, _ids) = (setting, new(setting.Start), new(setting.Seed));
        (Grants, Stranger) = (new(this), new(Clock));
    }

    public RigSetting Setting { get; }
    public SimulatedClock Clock { get; }
    public CrashBook Book { get; } = new();
    public StoreTrouble Trouble { get; } = new();
    public Door Door { get; } = new();
    public Wires Wires { get; private set; } = null!;
    public Grants Grants { get; }
    public Stranger Stranger { get; }
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

    /// <summary>Keys of leads that nobody can move.</summary>
    public IReadOnlySet<string> Poisoned { get; private set; } = new HashSet<string>();

    /// <summary>What was asked of the worker beside its own work; the step waits for it.</summary>
    public Beside Beside { get; } = new();

    /// <summary>What happens to the data once, after the worker's death and before the next one starts.</summary>
    public Action? BeforeNextWorker { get; set; }

    /// <summary>Starts the CRM with its people, sets the fields up and takes the baseline in shadow.</summary>
    public static async Task<Rig> StartAsync(RigSetting setting, IReadOnlyList<LeadSpec> leads, Action<Rig>? made = null)
    {
        var rig = new Rig(setting);
        made?.Invoke(rig);
        rig.Wires = new(rig.Clock, rig.Door, rig.Beside, setting.Crm);
        File.Copy(RulesLocation.Shipped, Worker.RulesFile(rig._directory));
        rig._sandbox = await SandboxHost.StartAsync(setting.Crm.Sandbox(setting, rig.Clock) with { Watch = rig.Grants.Watch });
        rig.Account = rig.Control.Reset(new() { Seed = setting.Seed, Accounts = new Dictionary<string, int> { [setting.Crm.Name] = 1 } }).Accounts[0];
        await rig.NextWorkerAsync();
        await rig.Clock.RunAsync(() => rig.Worker.Connection.Adapter.SetupAsync(planOnly: false, CancellationToken.None));
        rig.Clock.AdvanceTo(rig.Now.AddSeconds(1));
        rig.SetUpAt = rig.Now;
        rig.Control.AddLeads(new() { Crms = [setting.Crm.Name], Leads = leads });
        if (setting is { Webhooks: true, Crm.Events: { Count: > 0 } events })
            rig.Control.Subscribe(new() { Crm = setting.Crm.Name, Url = rig.Worker.Webhooks, Events = events });
        return rig;
    }

    /// <summary>Sweeps the account in shadow and goes live.</summary>
    public async Task GoLiveAsync()
    {
        for (var turn = 0; turn < 200 && !await Worker.Memory.HasBaselineAsync(Connection, CancellationToken.None); turn++)
            await StepAsync(Now.AddSeconds(2));
        // What was done in shadow has an earlier instant than what is done live.
        Clock.AdvanceTo(Now.AddSeconds(1));
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

    /// <summary>The next instant at which the product or the CRM has something to do by itself.</summary>
    public Task<DateTimeOffset> NextAsync() => _rounds.NextAsync();

    /// <summary>Steps on until nothing is to be done and some polls saw nothing new.</summary>
    public async Task RestAsync(TimeSpan ahead = default)
    {
        await StepAsync(Now + ahead);
        for (var (turn, calm) = (0, 0); turn < 400 && calm < 3; turn++)
        {
            var before = this.AuditLength();
            await StepAsync(await NextAsync());
            calm = await this.IsIdleAsync() && this.AuditLength() == before ? calm + 1 : 0;
        }
    }

    /// <summary>Lets nobody move these leads any more.</summary>
    public void Poison(IReadOnlyList<CrmLead> leads)
    {
        Setting.Crm.Poison(this, [.. leads.Select(l => l.Id)]);
        Poisoned = leads.Select(l => l.Key!).ToHashSet();
    }

    /// <summary>Rings one kind of work now, whatever its interval.</summary>
    public Task Works<T>() where T : IRecurringWork => Clock.RunAsync(async () =>
    {
        foreach (var work in Worker.Works.OfType<T>())
            await work.RunAsync(Now, CancellationToken.None);
        return true;
    });

    public async ValueTask DisposeAsync()
    {
        await Clock.RunAsync(async () =>
        {
            await Beside.EndAsync();
            return true;
        });
        await _listening.DisposeAsync();
        await Worker.DisposeAsync();
        await _sandbox.DisposeAsync();
        await Stranger.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Workers are started until one lives through its start.</summary>
    private async Task NextWorkerAsync()
    {
        do
        {
            if (Worker is not null)
            {
                await _listening.DisposeAsync();
                await Worker.DisposeAsync();
            }
            BeforeNextWorker?.Invoke();
            BeforeNextWorker = null;
            Worker = await Worker.StartAsync(Setting, Account, _directory, Clock, Wires, Book, Trouble, _ids, Logs, _port);
            _listening = new(Worker, _sandbox);
            _rounds = new(this, _sandbox, _listening);
        }
        while (!await Worker.BeginsAsync());
    }
}
