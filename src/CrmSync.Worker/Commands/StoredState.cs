using CrmSync.Adapters;
using CrmSync.Worker.Commands.Shell;
using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Worker.Commands;

/// <summary>What <c>check</c> learns of a connection from the store of its worker.</summary>
/// <param name="IsLive">As configured, or since <c>go-live</c>.</param>
/// <param name="BrakedSince">Since when the brake on mass moves is on; null: it is not.</param>
internal sealed record StoredState(bool IsLive, DateTimeOffset? BrakedSince)
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
            return new(isLive, null);
        }
        await using (store)
        {
            var memory = new ConnectionMemory(store);
            if (connection.Mode == ConnectionMode.ByStore)
                isLive = await memory.InstantAsync(name, ConnectionMemory.StartAt, cancellationToken) is not null;
            return new(isLive, await memory.InstantAsync(name, ConnectionMemory.BrakeAt, cancellationToken));
        }
    }

    /// <summary>The brake, as something an admin should know of; null while it is off.</summary>
    public CrmProblem? Brake(string connection) => BrakedSince is not { } since ? null : new(
        "mass-brake", ProblemReach.Hint, $"Connections:{connection}",
        $"The brake on mass moves is on since {since.UtcDateTime:yyyy-MM-dd HH:mm}Z: leads wait whose stage was to change.",
        $"Look at 'crmsync plan {connection}', then 'crmsync approve {connection}', or mend the rules.");
}
