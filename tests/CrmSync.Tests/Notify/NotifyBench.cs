using CrmSync.Leads.Handover;
using CrmSync.Tests.Storage;
using CrmSync.Tests.Support;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Notify;
using CrmSync.Worker.Rules;
using CrmSync.Worker.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace CrmSync.Tests.Notify;

/// <summary>A store with offers past their deadline, and the work that tells of them. It is Tuesday 6 January 2026, 08:00 in Copenhagen.</summary>
internal sealed class NotifyBench : IAsyncDisposable
{
    public static readonly DateTimeOffset AtEight = new(2026, 1, 6, 7, 0, 0, TimeSpan.Zero);
    private readonly ScratchDirectory _directory = new();
    private SqliteStore _store = null!;

    /// <summary>Ends the worker and opens the same data again.</summary>
    public async Task RestartAsync()
    {
        await _store.DisposeAsync();
        _store = await SqliteStore.OpenAsync(_directory.Name, Stop);
    }

    public CollectedLogs Logs { get; } = new();
    public FakeCrm Crm { get; } = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<NotifyBench> WithBreachesAsync(params string[] leadIds)
    {
        var bench = new NotifyBench();
        bench._store = await SqliteStore.OpenAsync(bench._directory.Name, Stop);
        foreach (var id in leadIds)
            await bench.OfferAsync(id, AtEight.AddHours(-20));
        return bench;
    }

    /// <summary>Puts an open offer into the store.</summary>
    public Task OfferAsync(string id, DateTimeOffset due) => _store.RecordAsync("main", [Storage.Some.Pass(new(id, 0, 0), Storage.Some.Lead(id) with
    {
        Episode = new() { Number = 1, State = HandoverState.AwaitingDecision, OpenedAt = due.AddDays(-1), OfferedAt = due.AddDays(-1), DueAt = due },
        Memory = new() { OwnerId = "42" },
    })], AtEight, Stop);

    public NotifyWork Work(INotifyChannel channel, bool names = false, int tries = 5) => new(
        "", new(new("https://hooks.example/secret"), null, new(8, 0), names, tries), [Crm.Connect()], [channel],
        RuleSource.Open(Path.Combine(AppContext.BaseDirectory, "sal-rules.yaml")).Source!, _store, new(_store), new Logger<NotifyWork>(Logs));

    public static Task RingAsync(NotifyWork work, DateTimeOffset? at = null) => work.RunAsync(at ?? AtEight, Stop);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }
}
