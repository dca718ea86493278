using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Sandbox;
using CrmSync.Sandbox.Contracts;
using CrmSync.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.Adapters;

/// <summary>How one CRM differs for the contract suite: its registration, connection, and which requests are its reads and writes.</summary>
internal sealed record CrmDialect(
    string Crm, Action<IServiceCollection> Register, Func<AccountCard, CrmConnection> Connection, FaultMatch Reads, FaultMatch Writes, string NoSuchId)
{
    /// <summary>The request that makes a task.</summary>
    public required FaultMatch Makes { get; init; }

    /// <summary>The requests by which set-up changes the account.</summary>
    public required string SetUpPath { get; init; }

    /// <summary>Ends the grant behind the token, where that is another thing.</summary>
    public Action<CrmSync.Sandbox.Control.SandboxControl> EndGrants { get; init; } = _ => { };

    /// <summary>How people move one lead into another: the act, and whether it names the one that survives.</summary>
    public (string Act, bool IntoOther) Moves { get; init; } = ("merge", true);

    /// <summary>How many rows one write takes.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The stream of the companies.</summary>
    public required string Companies { get; init; }
    public required ActivityWords Words { get; init; }
}

/// <summary>What tasks and notes are called and how their texts are written: names of the fields, and the value of a task that is done.</summary>
internal sealed record ActivityWords(string Subject, string Body, string NoteBody, string Status, string Done, string Mark, Func<string, string> Written)
{
    /// <summary>A body without the key that stands under it where the account has no field for it.</summary>
    public string WithoutMark(string body) => body.IndexOf(Mark, StringComparison.Ordinal) is > 0 and var at ? body[..at] : body;
}

/// <summary>A sandbox, an adapter on it, and one clock for both.</summary>
internal sealed class CrmStage : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = HubSpotHarness.Start;
    private readonly CrmDialect _dialect;
    private readonly SandboxHost _sandbox;
    private readonly ServiceProvider _services;

    private CrmStage(CrmDialect dialect, SandboxHost sandbox, FakeTimeProvider time)
    {
        (_dialect, _sandbox, Time) = (dialect, sandbox, time);
        var services = new ServiceCollection().AddSingleton<IGrantStore>(Grants).AddSingleton<IQuotaLedger>(new MemoryLedger()).AddSingleton<TimeProvider>(time);
        dialect.Register(services);
        _services = services.BuildServiceProvider();
        Card = _sandbox.Control.Reset(new() { Seed = 1 }).Accounts.First(a => a.Crm == dialect.Crm);
        Adapter = Connect(c => c);
    }

    public FakeTimeProvider Time { get; }
    public MemoryGrants Grants { get; } = new();
    public AccountCard Card { get; }
    public ICrmAdapter Adapter { get; }
    public string NoSuchId => _dialect.NoSuchId;
    public int Requests => Log("request").Count;
    public CrmSync.Sandbox.Control.SandboxControl Control => _sandbox.Control;

    public int BatchSize => _dialect.BatchSize;
    public string Companies => _dialect.Companies;
    public ActivityWords Words => _dialect.Words;

    public IReadOnlyList<LogEntry> Writes =>
        [.. Log("request").Where(e => e.Method is "POST" or "PATCH" && ((e.Method == _dialect.Writes.Method && Matches(_dialect.Writes.Path!, e.Path!)) || e.Path!.Contains(_dialect.SetUpPath, StringComparison.Ordinal)))];

    public static async Task<CrmStage> StartAsync(CrmDialect dialect, SandboxOptions options)
    {
        var time = new FakeTimeProvider(Start);
        return new(dialect, await SandboxHost.StartAsync(options with { Clock = time, AutoDeliver = false, Watch = SpecCheck.Watch }), time);
    }

    public ICrmAdapter Connect(Func<CrmConnection, CrmConnection> change) =>
        _services.GetRequiredService<ICrmProvider>().CreateAdapter(change(_dialect.Connection(Card)));

    public IReadOnlyList<string> Add(params LeadSpec[] leads) =>
        [.. _sandbox.Control.AddLeads(new() { Crms = [_dialect.Crm], Leads = leads }).Ids.Select(i => i.Id)];

    /// <summary>People with the keys p0, p1 ...</summary>
    public IReadOnlyList<string> Add(int count) =>
        Add([.. Enumerable.Range(0, count).Select(i => new LeadSpec { Key = $"p{i}", Email = $"p{i}@example.dk", Name = $"Person {i}" })]);

    public void Act(string key, string act, string? into = null, string? stage = null, IReadOnlyDictionary<string, string?>? fields = null, string? person = null) =>
        _sandbox.Control.Act(new() { Crm = _dialect.Crm, Key = key, Act = act, Into = into, Stage = stage, Person = person, Fields = fields ?? new Dictionary<string, string?>() });

    /// <summary>A lead stops being one: it is merged into another, or becomes a record of another kind. Answers the id of what it is now, where the act tells.</summary>
    public string? Move(string key, string into)
    {
        var (act, intoOther) = _dialect.Moves;
        var reply = _sandbox.Control.Act(new() { Crm = _dialect.Crm, Key = key, Act = act, Into = intoOther ? into : null, Fields = new Dictionary<string, string?>() });
        return intoOther ? _sandbox.Control.State(_dialect.Crm).Leads.Single(l => l.Key == into).Id : reply.Id;
    }

    public void FailReads(string fault, int take) => Fail(_dialect.Reads, fault, take);

    /// <summary>The credentials are good no longer.</summary>
    public void Revoke()
    {
        _dialect.EndGrants(_sandbox.Control);
        FailReads("revoke", 1);
    }

    public void FailWrites(string fault, int take) => Fail(_dialect.Writes, fault, take);

    public void FailActivities(string fault) => Fail(_dialect.Makes, fault, 1);

    public LeadState Lead(string id) => _sandbox.Control.State(_dialect.Crm).Leads.Single(l => l.Id == id);

    /// <summary>Tasks and notes ever made, whether or not they hang on anybody.</summary>
    public int Activities => Log("request").SelectMany(e => e.Effects).Count(e => e is { ObjectName: "tasks" or "notes" or "activities", Field: "id" });

    public Task<IReadOnlyList<ActivityResult>> PutAsync(params LeadActivity[] activities) =>
        PumpAsync(Adapter.PutActivitiesAsync(activities, TestContext.Current.CancellationToken));

    public void Fail(FaultMatch match, string fault, int take, int? status = null, string? body = null, Dictionary<string, string?>? headers = null) =>
        _sandbox.Control.AddFault(new() { Crm = _dialect.Crm, Match = match, Fault = fault, Take = take, Status = status, Body = body, Headers = headers });

    public void Pass(TimeSpan time) => Time.Advance(time);

    public Task<IReadOnlyList<CrmReading>> ReadAsync(IReadOnlyList<string> ids, ReadDepth depth) =>
        PumpAsync(Adapter.ReadAsync(ids, depth, FactCatalogue.BuiltIn, TestContext.Current.CancellationToken));

    /// <summary>Reads as a worker does: what will tell more after the settle time is read again then.</summary>
    public async Task<IReadOnlyList<CrmReading>> ReadSettledAsync(IReadOnlyList<string> ids, ReadDepth depth)
    {
        var readings = await ReadAsync(ids, depth);
        if (!readings.Any(r => r.IsPassing))
            return readings;
        Pass(Adapter.SettleTime);
        return await ReadAsync(ids, depth);
    }

    public Task<IReadOnlyList<LeadWriteResult>> WriteAsync(IReadOnlyList<LeadWrite> writes) => PumpAsync(Adapter.WriteAsync(writes, TestContext.Current.CancellationToken));

    public Task<IReadOnlyList<CrmProblem>> CheckAsync() => PumpAsync(Adapter.CheckAsync(TestContext.Current.CancellationToken));

    /// <summary>Fields created, and the log forgotten up to here.</summary>
    public async Task SetUpAsync()
    {
        await PumpAsync(Adapter.SetupAsync(false, TestContext.Current.CancellationToken));
        await CheckAsync();
        _from = _sandbox.Control.Log().Max(e => e.N);
    }

    public async Task<(List<string> Ids, List<string> Deliveries, string Position)> PollAsync(string stream, string position)
    {
        var records = new List<ChangedRecord>();
        for (var more = true; more;)
        {
            var page = await PumpAsync(Adapter.PollAsync(stream, position, Time.GetUtcNow(), TestContext.Current.CancellationToken));
            records.AddRange(page.Records);
            (position, more) = (page.Position, page.More);
        }
        return ([.. records.Select(r => r.Id).Distinct()], [.. records.Select(r => r.Delivery).Distinct()], position);
    }

    public async Task<List<string>> SweepAsync()
    {
        var ids = new List<string>();
        string? position = null;
        do
        {
            var page = await PumpAsync(Adapter.SweepAsync(position, TestContext.Current.CancellationToken));
            ids.AddRange(page.LeadIds);
            position = page.Position;
        }
        while (position is not null);
        return ids;
    }

    /// <summary>How long a call may take before it counts as one that waits on the clock.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Lets the clock run while a call waits on it: nothing here sleeps for its own sake.</summary>
    public async Task<T> PumpAsync<T>(Task<T> call)
    {
        while (await Task.WhenAny(call, Task.Delay(Patience, CancellationToken.None)) != call)
            Time.Advance(TimeSpan.FromSeconds(1));
        return await call;
    }

    public async ValueTask DisposeAsync()
    {
        (Adapter as IDisposable)?.Dispose();
        Assert.DoesNotContain(_sandbox.Control.Log(), e => e.Reply == "sandbox failed");
        await _services.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    private long _from;

    private List<LogEntry> Log(string kind) => [.. _sandbox.Control.Log(_from).Where(e => e.Kind == kind)];

    private static bool Matches(string pattern, string path) =>
        pattern.StartsWith('*') ? path.EndsWith(pattern[1..], StringComparison.Ordinal) : path.Contains(pattern, StringComparison.Ordinal);

    private void Fail(FaultMatch match, string fault, int take) => Fail(match, fault, take, fault == "status" ? 503 : null);
}
