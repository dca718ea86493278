using CrmSync.Adapters;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Worker.Commands.Shell;

/// <summary>
/// The grants in the store, for commands beside a running worker or without one. A grant that is spent has to be followed by the
/// next in the store, or the worker would find itself locked out; so the store is made where there is none.
/// </summary>
internal sealed class StoredGrants(string directory) : IGrantStore
{
    public async Task<Grant?> ReadAsync(string connection, CancellationToken cancellationToken)
    {
        SqliteStore store;
        try
        {
            store = await SqliteStore.OpenReadOnlyAsync(directory, cancellationToken);
        }
        catch (StoreException none) when (none.Failure == StoreFailure.Missing)
        {
            return null;
        }
        await using (store)
            return await ((IGrantStore)store).ReadAsync(connection, cancellationToken);
    }

    public async Task SaveAsync(string connection, Grant grant, CancellationToken cancellationToken)
    {
        if (await OpenBesideAsync(cancellationToken) is { } beside)
        {
            await using (beside)
                await ((IGrantStore)beside).SaveAsync(connection, grant, cancellationToken);
            return;
        }
        using var held = DataLock.Acquire(directory);
        await using var store = await SqliteStore.OpenAsync(directory, cancellationToken);
        await ((IGrantStore)store).SaveAsync(connection, grant, cancellationToken);
    }

    private async Task<SqliteStore?> OpenBesideAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await SqliteStore.OpenBesideAsync(directory, cancellationToken);
        }
        catch (StoreException none) when (none.Failure == StoreFailure.Missing)
        {
            return null;
        }
    }
}
