using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Tests.Storage;

/// <summary>SQLite keeps what every store promises.</summary>
public sealed class SqliteStoreTests : SyncStoreContract
{
    private readonly ScratchDirectory _directory = new();

    protected override async Task<ISyncStore> OpenAsync() =>
        await SqliteStore.OpenAsync(_directory.Name, TestContext.Current.CancellationToken);

    protected override Task CleanUpAsync()
    {
        _directory.Dispose();
        return Task.CompletedTask;
    }
}
