using CrmSync.Adapters;
using CrmSync.Leads.Facts;
using CrmSync.Tests.Storage;
using CrmSync.Tests.Support;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;
using CrmSync.Worker.WriteBack;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace CrmSync.Tests.WriteBack;

/// <summary>What becomes of a task that is to be sent.</summary>
public sealed class ActivityPassTests : IAsyncLifetime
{
    private static readonly DateTimeOffset T0 = WriteBackBench.T0;
    private readonly ScratchDirectory _directory = new();
    private readonly FakeCrm _crm = new();
    private readonly FakeTimeProvider _clock = new(T0);
    private readonly CollectedLogs _logs = new();
    private SqliteStore _store = null!;
    private ConnectedCrm _connection = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await SqliteStore.OpenAsync(_directory.Name, Stop);
        _connection = _crm.Connect(ConnectionMode.ByStore);
        await new ConnectionMemory(_store).RememberAsync("main", ConnectionMemory.StartAt, T0, Stop);
        _crm.Holds("a", "mql");
        await AskAsync(Task);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Sends_what_waits_and_forgets_its_words()
    {
        Assert.Equal(1, await RunAsync());
        Assert.Equal(Task, Assert.Single(_crm.Activities));
        Assert.Equal("sent||", Row());
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task Sends_nothing_in_shadow()
    {
        await new ConnectionMemory(_store).RememberAsync("main", ConnectionMemory.StartAt, null, Stop);
        Assert.Equal(0, await RunAsync());
        Assert.Empty(_crm.Activities);
        Assert.Empty(_crm.Reads);
    }

    [Fact]
    public async Task Sends_again_after_the_settle_time_what_may_have_been_applied()
    {
        _crm.AnswerActivity = a => new(a.Key, WriteOutcome.Unknown, "HTTP 502");
        await RunAsync();
        _clock.Advance(_crm.SettleTime - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await RunAsync());
        _clock.Advance(TimeSpan.FromSeconds(1));
        _crm.AnswerActivity = a => new(a.Key, WriteOutcome.Applied);
        Assert.Equal(1, await RunAsync());
        Assert.Equal([Task, Task], _crm.Activities);
        Assert.Equal("sent||", Row());
    }

    [Fact]
    public async Task Rests_longer_and_longer_between_tries()
    {
        _crm.AnswerActivity = a => new(a.Key, WriteOutcome.NotSent, "key-taken");
        var rests = new List<TimeSpan>();
        for (var i = 0; i < 6; i++)
        {
            await RunAsync();
            rests.Add((await _store.NextActivityAsync("main", Stop))!.Value - _clock.GetUtcNow());
            _clock.Advance(rests[^1]);
        }
        Assert.Equal([15, 60, 300, 900, 3600, 3600], rests.Select(r => (int)r.TotalSeconds));
    }

    [Fact]
    public async Task Records_why_one_was_refused_and_names_nobody()
    {
        _crm.AnswerActivity = a => new(a.Key, WriteOutcome.Refused, "INVALID_OWNER_ID");
        await RunAsync();
        Assert.Equal("refused|INVALID_OWNER_ID|", Row());
        var warning = Assert.Single(_logs.Warnings);
        Assert.Contains("main/a", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("Mette", string.Join("", _logs.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_with_its_lead()
    {
        _crm.Records["a"] = new("a", CrmReadingKind.Gone);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await RunAsync());
        Assert.Empty(_crm.Activities);
        Assert.Equal("gone|the record was deleted|", Row());
    }

    [Fact]
    public async Task Waits_for_a_lead_that_may_be_on_its_way_to_be_another_record()
    {
        _crm.Records["a"] = new("a", CrmReadingKind.Unreadable, Reason: "not there yet") { IsPassing = true };
        _clock.Advance(TimeSpan.FromMinutes(2));
        await RunAsync();
        Assert.Empty(_crm.Activities);
        _crm.Records["a"] = new("a", CrmReadingKind.Moved, MovedTo: "b");
        _clock.Advance(TimeSpan.FromMinutes(2));
        await RunAsync();
        Assert.Equal("b", Assert.Single(_crm.Activities).LeadId);
    }

    [Fact]
    public async Task Follows_its_lead_to_the_survivor_of_a_merge()
    {
        _crm.Records["a"] = new("a", CrmReadingKind.Moved, MovedTo: "b");
        _clock.Advance(TimeSpan.FromMinutes(2));
        await RunAsync();
        Assert.Equal("b", Assert.Single(_crm.Activities).LeadId);
    }

    [Fact]
    public async Task Knows_for_certain_of_what_is_asked_for_in_its_time_that_nobody_sent_it_before_until_it_sends_it()
    {
        var pass = new ActivityPass(_store, new(_store), _clock, _logs.CreateLogger<ActivityPass>());
        await pass.RunAsync(_connection, onlyFull: false, Stop); // waited already as this process began
        _crm.AnswerActivity = a => throw new CrmException(CrmFailure.Transient, "No answer.");
        await AskAsync(Note("1"));
        await Assert.ThrowsAsync<CrmException>(() => pass.RunAsync(_connection, onlyFull: false, Stop));
        _crm.AnswerActivity = a => new(a.Key, WriteOutcome.Applied);
        await pass.RunAsync(_connection, onlyFull: false, Stop);
        await AskAsync(Note("2"));
        await pass.RunAsync(_connection, onlyFull: false, Stop);

        Assert.Equal([false, true, false, true], _crm.Activities.Select(a => a.IsFirst));
        Assert.All(_crm.Activities.Skip(1), a => Assert.Equal(ActivityKind.Note, a.Kind));
    }

    private static LeadActivity Note(string id) => new() { Key = $"note/{id}", LeadId = "a", Kind = ActivityKind.Note, Body = "Mette", At = T0 };

    private static LeadActivity Task { get; } = new()
    {
        Key = "task/key-a/1", LeadId = "a", Kind = ActivityKind.Task, Title = "Answer lead: Mette", Body = "Mette", DueAt = T0.AddDays(1), Completed = false,
    };

    private Task AskAsync(LeadActivity activity) =>
        _store.RecordAsync("main", [Storage.Some.Pass(new("a", 0, 0), Storage.Some.Lead("a")) with { Activities = [activity] }], T0, Stop);

    private Task<int> RunAsync() =>
        new ActivityPass(_store, new(_store), _clock, _logs.CreateLogger<ActivityPass>()).RunAsync(_connection, onlyFull: false, Stop);

    private string Row() => _directory.Rows("SELECT state, reason, body FROM activities").Single();
}
