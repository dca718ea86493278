using CrmSync.Adapters;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Worker.Commands;

/// <summary>What the worker has spent of its quotas, as its store holds it, to be read beside it. Where there is no store nothing was spent.</summary>
internal sealed class WorkerLedger(WorkerSettings settings) : IQuotaLedger
{
    public async Task<IReadOnlyList<QuotaUse>> ReadAsync(string connection, string budget, DateTimeOffset since, CancellationToken cancellationToken)
    {
        SqliteStore store;
        try
        {
            store = await Opening.ReadStoreAsync(settings, cancellationToken);
        }
        catch (CommandFailure)
        {
            return [];
        }
        try
        {
            await using (store)
                return await ((IQuotaLedger)store).ReadAsync(connection, budget, since, cancellationToken);
        }
        catch (StoreException)
        {
            // A damaged page: the CRM has no part in it, and the worker says so when it starts.
            return [];
        }
    }

    /// <summary>A command's few requests are not worth a write beside the worker.</summary>
    public Task AddAsync(string connection, string budget, QuotaUse use, CancellationToken cancellationToken) => Task.CompletedTask;
}
