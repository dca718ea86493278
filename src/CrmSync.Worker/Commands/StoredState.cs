using CrmSync.Adapters;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Worker.Commands;

/// <summary>What <c>check</c> learns of a connection from the store of its worker.</summary>
/// <param name="IsLive">As configured, or since <c>go-live</c>.</param>
/// <param name="BrakedSince">Since when the brake on mass moves is on; null: it is not.</param>
/// <param name="Restored">That the store was found to be an older one than the CRM knows; null: it was not.</param>
internal sealed record StoredState(bool IsLive, DateTimeOffset? BrakedSince, RestoreNote? Restored)
{
    /// <summary>Where there is no store yet, nothing was started and no brake is on.</summary>
    public static async Task<StoredState> ReadAsync(WorkerSettings settings, ConnectionSettings connection, CancellationToken cancellationToken)
    {
        var (name, isLive) = (connection.Crm.Name, connection.Mode == ConnectionMode.Live);
        SqliteStore store;
        try
        {
            store = await Opening.ReadStoreAsync(settings, cancellationToken);
        }
        catch (CommandFailure)
        {
            return new(isLive, null, null);
        }
        try
        {
            await using var opened = store;
            var memory = new ConnectionMemory(store);
            if (connection.Mode == ConnectionMode.ByStore)
                isLive = await memory.InstantAsync(name, ConnectionMemory.StartAt, cancellationToken) is not null;
            return new(isLive, await memory.InstantAsync(name, ConnectionMemory.BrakeAt, cancellationToken), await store.RestoredAsync(cancellationToken));
        }
        catch (StoreException)
        {
            // A damaged page: what is left of it tells nothing that could be relied on.
            return new(isLive, null, null);
        }
    }

    /// <summary>Why a worker could not begin with the store that is there; null: it could, or there is none yet.</summary>
    public static async Task<CommandFailure?> ProblemAsync(WorkerSettings settings, CancellationToken cancellationToken)
    {
        if (File.Exists(settings.DataDirectory))
            return new(ExitCode.NotWritable, "store-notwritable", [new("DataDirectory", $"{settings.DataDirectory} is a file.", "Name a directory, or leave it out.")]);
        try
        {
            await (await Opening.ReadStoreAsync(settings, cancellationToken)).DisposeAsync();
            return null;
        }
        catch (CommandFailure failure) when (failure.Exit is ExitCode.DataDamaged or ExitCode.NotWritable or ExitCode.Refused or ExitCode.InputOutput)
        {
            return failure;
        }
        catch (CommandFailure)
        {
            return null;
        }
    }

    /// <summary>The brake, as something an admin should know of; null while it is off.</summary>
    public CrmProblem? Brake(string connection) => BrakedSince is not { } since ? null : new(
        "mass-brake", ProblemReach.Hint, $"Connections:{connection}",
        $"The brake on mass moves is on since {since.UtcDateTime:yyyy-MM-dd HH:mm}Z: leads wait whose stage was to change.",
        $"Look at 'crmsync plan {connection}', then 'crmsync approve {connection}', or mend the rules.");

    /// <summary>A restore of the last month, as something an admin should know of; null: there was none.</summary>
    public CrmProblem? Restore(string connection, DateTimeOffset now) => Restored is not { } note || note.At < now.AddDays(-30) ? null : new(
        "restored", ProblemReach.Hint, "DataDirectory",
        $"On {note.At.UtcDateTime:yyyy-MM-dd HH:mm}Z the store was found to be older than what was done with it. Where hand-overs stand was learnt from the CRM; what was recorded in between is lost.",
        $"Look at the hand-overs of {connection} since the backup; if this came as a surprise, find out who replaced crmsync.db, and back it up by more than copying one file.");
}
