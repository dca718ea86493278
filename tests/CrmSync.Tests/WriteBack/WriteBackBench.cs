using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Handover;
using CrmSync.Tests.Storage;
using CrmSync.Tests.Support;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.WriteBack;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.WriteBack;

/// <summary>A store with one decided effect on one lead, a CRM, and a clock.</summary>
internal sealed class WriteBackBench : IAsyncDisposable
{
    public const string Lead = "a";
    public static readonly DateTimeOffset T0 = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);
    private readonly ScratchDirectory _directory = new();

    private WriteBackBench(SqliteStore store, ScratchDirectory directory)
    {
        (Store, _directory) = (store, directory);
        Connection = Crm.Connect();
    }

    public SqliteStore Store { get; }
    public FakeCrm Crm { get; } = new();
    public ConnectedCrm Connection { get; }
    public FakeTimeProvider Clock { get; } = new(T0);
    public EchoCounts Echoes { get; } = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>An offer: MQL to be set on a lead that stood at "lead" without a marker.</summary>
    public static IntentRow Offer { get; } = Storage.Some.Intent("t1", Lead) with
    {
        Body = Storage.Some.Intent("t1", Lead).Body with
        {
            FromStage = LifecycleStage.Lead,
            TargetStage = "mql",
            ExpectedStage = "lead",
            Episode = new() { Number = 1, State = HandoverState.AwaitingDecision, OpenedAt = T0, OfferedAt = T0, DueAt = T0.AddDays(1) },
        },
    };

    /// <summary>A rejection that takes the lead from MQL back, in two requests.</summary>
    public static IntentRow Clear { get; } = Offer with
    {
        Step = IntentStep.Clear,
        Body = Offer.Body with
        {
            StageStep = StageStep.Clear,
            ToStage = LifecycleStage.Lead,
            TargetStage = "lead",
            ExpectedStage = "mql",
            Marker = Offer.Body.Marker + ".c",
            Fields = new Dictionary<string, string?> { ["crmsync_marker"] = Offer.Body.Marker + ".c" },
        },
    };

    public static async Task<WriteBackBench> WithAsync(IntentRow intent)
    {
        var directory = new ScratchDirectory();
        var bench = new WriteBackBench(await SqliteStore.OpenAsync(directory.Name, Stop), directory);
        await bench.Store.RecordAsync("main", [Storage.Some.Pass(new(Lead, 0, 0), Storage.Some.Lead(Lead) with { CrmStage = intent.Body.ExpectedStage }) with
        {
            Audit = [Storage.Some.Decided("t1", $"key-{Lead}")],
            Intents = [intent],
        }], T0, Stop);
        await new ConnectionMemory(bench.Store).RememberAsync("main", ConnectionMemory.StartAt, T0, Stop);
        bench.Crm.Holds(Lead, intent.Body.ExpectedStage);
        return bench;
    }

    public Task<int> WriteAsync() => new WriteBackPass(Store, new(Store), Clock, () => CrmSync.Leads.Facts.FactCatalogue.BuiltIn, Echoes).RunAsync(Connection, onlyFull: false, Stop);

    public Task<int> SettleAsync() => new UnknownPass(Store, Clock, new()).RunAsync(Connection, Stop);

    /// <summary>Sends the effect, and its reply is lost.</summary>
    public async Task LoseReplyAsync()
    {
        Crm.Answer = write => new(write.LeadId, write.TraceId, WriteOutcome.Unknown);
        Assert.Equal(1, await WriteAsync());
    }

    /// <summary>Every intent as step and state.</summary>
    public string Intents() => string.Join(", ", _directory.Rows("SELECT step, state FROM intents ORDER BY rowid"));

    /// <summary>Why the effect ended as it did.</summary>
    public string Reason() => _directory.Rows("SELECT reason FROM intents").Single();

    /// <summary>The audit behind the decision.</summary>
    public string Ends() => string.Join(", ", _directory.Rows("SELECT kind FROM audit WHERE sequence > 1 ORDER BY sequence"));

    public async Task<IntentRow?> OpenIntentAsync() =>
        (await Store.IntentsAsync("main", [IntentState.Pending, IntentState.Sent, IntentState.Unknown], 10, DateTimeOffset.MaxValue, Stop)).SingleOrDefault();

    public async Task<LeadRecord> LeadAsync() => (await Store.FindAsync("main", [Lead], Stop))[Lead];

    /// <summary>Whether the lead waits to be looked at again.</summary>
    public async Task<bool> IsWaitingAsync() => await Store.PendingAsync("main", Stop) > 0;

    public async Task<string?> QuarantineAsync() => (await Store.QuarantinedAsync("main", Stop)).SingleOrDefault()?.Reason;

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _directory.Dispose();
    }
}
