using System.Globalization;
using System.Security.Cryptography;
using CrmSync.Worker.Audit;

namespace CrmSync.Worker.Storage.Sqlite;

/// <summary>
/// The store in one SQLite file. Each method is one unit of work on <see cref="SqliteDatabase"/>; the SQL is with the
/// tables. Partial by concern, because one transaction crosses all tables.
/// </summary>
internal sealed partial class SqliteStore : ISyncStore, IAuditLog
{
    private const int StoreIdLength = 6;
    private const string StoreIdLetters = "abcdefghijklmnopqrstuvwxyz0123456789";

    private readonly SqliteDatabase _database;
    private readonly GrantCipher _cipher;

    private SqliteStore(string directory, SqliteDatabase database, string storeId, long leaseEpoch)
    {
        (_database, StoreId, LeaseEpoch) = (database, storeId, leaseEpoch);
        _cipher = new(directory);
        Reports = new SqliteReports(database);
    }

    public string StoreId { get; private set; }

    /// <summary>How often a holder of <see cref="DataLock"/> opened the store, this time with it; 0 where it was opened beside one.</summary>
    public long LeaseEpoch { get; }

    /// <summary>What commands and reports read.</summary>
    public IStoreReports Reports { get; }

    /// <summary>Completes when the disk or the file has failed for good: the process has to end and start again.</summary>
    public Task<StoreException> Broken => _database.Broken;

    /// <summary>Opens the store for the worker, which must hold <see cref="DataLock"/>; creates it in an empty directory.</summary>
    /// <exception cref="StoreException">Not writable or damaged.</exception>
    public static Task<SqliteStore> OpenAsync(string directory, CancellationToken cancellationToken) =>
        OpenAsync(directory, SqliteAccess.Own, cancellationToken);

    /// <summary>Opens the store beside a running worker, to read and to ask (<see cref="AskAsync"/>).</summary>
    /// <exception cref="StoreException">Missing, not writable or damaged.</exception>
    public static Task<SqliteStore> OpenBesideAsync(string directory, CancellationToken cancellationToken) =>
        OpenAsync(directory, SqliteAccess.Beside, cancellationToken);

    /// <summary>Opens the store to read only, beside a running worker or without one.</summary>
    /// <exception cref="StoreException">Missing or damaged.</exception>
    public static Task<SqliteStore> OpenReadOnlyAsync(string directory, CancellationToken cancellationToken) =>
        OpenAsync(directory, SqliteAccess.Read, cancellationToken);

    public async ValueTask DisposeAsync() => await Task.Run(_database.Dispose);

    private static async Task<SqliteStore> OpenAsync(string directory, SqliteAccess access, CancellationToken cancellationToken)
    {
        var database = SqliteDatabase.Open(directory, access);
        try
        {
            var (storeId, epoch) = access == SqliteAccess.Own
                ? await database.WriteAsync(Begin, cancellationToken)
                : (await database.ReadAsync(StoreIdOf, cancellationToken), 0L);
            return new(directory, database, storeId ?? "", epoch);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static (string StoreId, long Epoch) Begin(Session session)
    {
        InboxClaims.FreeAllClaims(session);
        var epoch = NextEpoch(session);
        if (StoreIdOf(session) is { } known) return (known, epoch);
        var created = NewStoreId();
        RememberedTable.Set(session, "", RememberedTable.StoreIdName, created);
        return (created, epoch);
    }

    private static long NextEpoch(Session session)
    {
        var epoch = long.Parse(RememberedTable.Value(session, "", RememberedTable.EpochName) ?? "0", CultureInfo.InvariantCulture) + 1;
        RememberedTable.Set(session, "", RememberedTable.EpochName, epoch.ToString(CultureInfo.InvariantCulture));
        return epoch;
    }

    private static string NewStoreId() => RandomNumberGenerator.GetString(StoreIdLetters, StoreIdLength);

    private static string? StoreIdOf(Session session) => RememberedTable.Value(session, "", RememberedTable.StoreIdName);
}
