using System.Globalization;
using CrmSync.Adapters;
using CrmSync.Leads;
using CrmSync.Leads.Facts;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;

namespace CrmSync.Tests.Support;

/// <summary>A CRM of few records that does what a test says, and remembers what was asked of it.</summary>
internal sealed class FakeCrm : ICrmAdapter
{
    public static StageMap Funnel { get; } = new(
        new Dictionary<LifecycleStage, string>
        {
            [LifecycleStage.Lead] = "lead",
            [LifecycleStage.MarketingQualified] = "mql",
            [LifecycleStage.SalesAccepted] = "sal",
            [LifecycleStage.Customer] = "customer",
        },
        new Dictionary<string, LifecycleStage>(), ["lead", "mql", "sal", "customer"]);

    public Dictionary<string, CrmReading> Records { get; } = [];
    public List<LeadWrite> Writes { get; } = [];
    public List<ReadDepth> Reads { get; } = [];

    /// <summary>What becomes of a write; applied unless told otherwise.</summary>
    public Func<LeadWrite, LeadWriteResult> Answer { get; set; } = write => new(write.LeadId, write.TraceId, WriteOutcome.Applied);

    /// <summary>What happens in the CRM just before a read of a depth.</summary>
    public Action<ReadDepth> BeforeRead { get; set; } = _ => { };

    /// <summary>Thrown by reads of a depth.</summary>
    public (ReadDepth Depth, CrmException Failure)? ReadFault { get; set; }

    public string Connection => "main";
    public bool HistoryTellsForms { get; init; } = true;
    public ICrmStream? Stream { get; set; }
    public StageMap Stages { get; set; } = Funnel;
    public TimeSpan SettleTime => TimeSpan.FromMinutes(2);
    public IReadOnlyList<string> Streams { get; } = ["contacts", "companies"];
    public IReadOnlyList<string> SequelStreams { get; init; } = [];

    public ConnectedCrm Connect(ConnectionMode mode = ConnectionMode.Live, LifecycleStage? stageOnRejected = null, ICrmWebhook? webhook = null, Uri? publicUrl = null) =>
        new(new(new() { Name = "main", Crm = "fake", PublicUrl = publicUrl }, mode, TimeSpan.FromMinutes(1), stageOnRejected), this, webhook);

    /// <summary>Puts a record into the CRM; null empties a field.</summary>
    public void Holds(string id, string? stage, string? marker = null, string? answer = null, params FieldChange[] history)
    {
        var fields = new Dictionary<string, string>();
        if (marker is not null)
            fields["crmsync_marker"] = marker;
        if (answer is not null)
            fields["crmsync_decision"] = answer;
        Records[id] = new(id, CrmReadingKind.Found, new()
        {
            Ref = new("main", id),
            ObjectKind = "contact",
            StageValue = stage,
            Stage = Stages.StageOf(stage),
            Fields = fields,
            StageHistory = history.Length == 0 ? null : history,
        });
    }

    public Task<IReadOnlyList<CrmReading>> ReadAsync(IReadOnlyList<string> leadIds, ReadDepth depth, FactCatalogue catalogue, CancellationToken cancellationToken)
    {
        Reads.Add(depth);
        BeforeRead(depth);
        return ReadFault is { } fault && fault.Depth == depth
            ? throw fault.Failure
            : Task.FromResult<IReadOnlyList<CrmReading>>([.. leadIds.Select(id => Records.GetValueOrDefault(id) ?? new(id, CrmReadingKind.Gone))]);
    }

    public Task<IReadOnlyList<LeadWriteResult>> WriteAsync(IReadOnlyList<LeadWrite> writes, CancellationToken cancellationToken)
    {
        Writes.AddRange(writes);
        return Task.FromResult<IReadOnlyList<LeadWriteResult>>([.. writes.Select(Answer)]);
    }

    public List<LeadActivity> Activities { get; } = [];

    /// <summary>What becomes of a task or note; applied unless told otherwise.</summary>
    public Func<LeadActivity, ActivityResult> AnswerActivity { get; set; } = activity => new(activity.Key, WriteOutcome.Applied);

    public Task<IReadOnlyList<ActivityResult>> PutActivitiesAsync(IReadOnlyList<LeadActivity> activities, CancellationToken cancellationToken)
    {
        Activities.AddRange(activities);
        return Task.FromResult<IReadOnlyList<ActivityResult>>([.. activities.Select(AnswerActivity)]);
    }

    public Task<IReadOnlyList<ActivityReading>> ReadActivitiesAsync(IReadOnlyList<ActivityRef> activities, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ActivityReading>>([.. activities.Select(a => Activities.LastOrDefault(put => put.Key == a.Key) is { } last
            ? new ActivityReading(a.Key, true, last.Completed == true) : new(a.Key, false))]);

    public IReadOnlyList<CrmUser> Users { get; set; } = [];

    /// <summary>Thrown when users are asked for.</summary>
    public CrmException? UsersFault { get; set; }
    public int UsersAsked { get; private set; }
    public int Checks { get; private set; }

    /// <summary>What a check finds.</summary>
    public IReadOnlyList<CrmProblem> Problems { get; set; } = [];

    public Task<IReadOnlyList<CrmUser>> UsersAsync(CancellationToken cancellationToken)
    {
        UsersAsked++;
        return UsersFault is null ? Task.FromResult(Users) : throw UsersFault;
    }


    public Task<ChangePage> PollAsync(string stream, string position, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Polls++;
        return PollFault is { } fault ? throw fault : Task.FromResult(new ChangePage([], position, false));
    }

    /// <summary>Thrown by polls and sweeps.</summary>
    public CrmException? PollFault { get; set; }
    public int Polls { get; private set; }
    public TimeSpan PollPace { get; set; }
    public IReadOnlyList<SetupStep> Mended { get; set; } = [];
    public int Mends { get; private set; }

    public string PositionAt(DateTimeOffset since) => since.ToString("O", CultureInfo.InvariantCulture);

    public Task<IReadOnlyList<SetupStep>> MendWebhooksAsync(CancellationToken cancellationToken)
    {
        Mends++;
        return Task.FromResult(Mended);
    }

    /// <summary>Lists the records two a page.</summary>
    public Task<SweepPage> SweepAsync(string? position, CancellationToken cancellationToken)
    {
        if (PollFault is { } fault)
            throw fault;
        var next = int.Parse(position ?? "0", CultureInfo.InvariantCulture) + 2;
        return Task.FromResult(new SweepPage([.. Records.Keys.Skip(next - 2).Take(2)], next < Records.Count ? next.ToString(CultureInfo.InvariantCulture) : null) { Standing = Standing });
    }

    /// <summary>Records that leads became, and that a sweep lists.</summary>
    public IReadOnlyList<string> Standing { get; set; } = [];
    public IReadOnlyList<QuotaStatus> Quotas { get; set; } = [];

    public Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> LeadsOfAsync(string stream, IReadOnlyList<string> recordIds, CancellationToken cancellationToken) =>
        LinkFault is null ? throw new NotSupportedException()
        : recordIds.Any(id => !Linked.ContainsKey(id)) ? throw LinkFault
        : Task.FromResult<IReadOnlyDictionary<string, IReadOnlyList<string>>>(recordIds.ToDictionary(id => id, id => Linked[id]));

    /// <summary>Thrown when the leads of a record are asked for that has none of <see cref="Linked"/>.</summary>
    public CrmException? LinkFault { get; init; }

    /// <summary>The leads that hang on records of other kinds.</summary>
    public Dictionary<string, IReadOnlyList<string>> Linked { get; } = [];

    public Task<IReadOnlyList<CrmProblem>> CheckAsync(CancellationToken cancellationToken)
    {
        Checks++;
        return Task.FromResult(Problems);
    }

    public Task<IReadOnlyList<SetupStep>> SetupAsync(bool planOnly, CancellationToken cancellationToken) => throw new NotSupportedException();
}
