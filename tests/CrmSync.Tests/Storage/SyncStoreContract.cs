using CrmSync.Worker.Storage;

namespace CrmSync.Tests.Storage;

/// <summary>What every store promises. A database joins with a subclass that opens its store; here: how a test is set up.</summary>
public abstract partial class SyncStoreContract : IAsyncLifetime
{
    protected const string Main = "main";
    private const int Many = 1000;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The instant at which tests begin.</summary>
    protected static DateTimeOffset T0 { get; } = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    private protected ISyncStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test; again after a restart.</summary>
    protected abstract Task<ISyncStore> OpenAsync();

    protected abstract Task CleanUpAsync();

    private async Task RestartAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenAsync();
    }

    private Task<int> AcceptAsync(params (string Delivery, string LeadId)[] entries) =>
        Store.AcceptAsync(Main, [.. entries.Select(e => new InboxEntry(e.Delivery, e.LeadId))], T0, Stop);

    private Task<IReadOnlyList<TakenLead>> TakeAsync(DateTimeOffset? at = null, int count = Many) =>
        Store.TakeAsync(Main, count, at ?? T0, Lease, Stop);

    private async Task<TakenLead> TakeOneAsync(DateTimeOffset? at = null) => Assert.Single(await TakeAsync(at));

    private Task RecordAsync(LeadPass pass) => Store.RecordAsync(Main, [pass], T0, Stop);

    private async Task<string[]> TakenIdsAsync(DateTimeOffset? at = null) => [.. (await TakeAsync(at)).Select(lead => lead.LeadId)];
}
