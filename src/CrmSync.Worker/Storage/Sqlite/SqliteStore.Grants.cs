using CrmSync.Adapters;

namespace CrmSync.Worker.Storage.Sqlite;

internal sealed partial class SqliteStore : IGrantStore, IQuotaLedger
{
    private const string SelectGrant = "SELECT ciphertext FROM grants WHERE connection = ?1";
    private const string UpsertGrant =
        "INSERT INTO grants(connection, ciphertext) VALUES(?1, ?2) ON CONFLICT(connection) DO UPDATE SET ciphertext = excluded.ciphertext";

    async Task<Grant?> IGrantStore.ReadAsync(string connection, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => session.Text(SelectGrant, connection), cancellationToken) is { } ciphertext
            ? Open(connection, ciphertext)
            : null;

    /// <summary>One that cannot be decrypted lets nobody in, as one that the CRM refuses: a person must authorise the app anew.</summary>
    private Grant Open(string connection, string ciphertext)
    {
        try
        {
            return _cipher.Open(connection, ciphertext);
        }
        catch (StoreException lost) when (lost.Failure == StoreFailure.Reconnect)
        {
            throw new CrmException(CrmFailure.Unauthorised, lost.Message, lost) { Repair = lost.Repair };
        }
    }

    Task IGrantStore.SaveAsync(string connection, Grant grant, CancellationToken cancellationToken)
    {
        var ciphertext = _cipher.Close(connection, grant);
        return _database.WriteAsync(session => session.Execute(UpsertGrant, connection, ciphertext), cancellationToken);
    }

    async Task<IReadOnlyList<QuotaUse>> IQuotaLedger.ReadAsync(
        string connection, string budget, DateTimeOffset since, CancellationToken cancellationToken) =>
        await _database.ReadAsync(session => QuotaTable.Since(session, connection, budget, since), cancellationToken);

    Task IQuotaLedger.AddAsync(string connection, string budget, QuotaUse use, CancellationToken cancellationToken) =>
        _database.WriteAsync(session => QuotaTable.Add(session, connection, budget, use), cancellationToken);
}
