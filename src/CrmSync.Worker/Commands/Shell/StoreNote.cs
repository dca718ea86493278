using CrmSync.Worker.Configuration;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Worker.Commands.Shell;

/// <summary>Writes down when something was last done, for <c>/metrics</c>, which tells how long ago that is.</summary>
internal static class StoreNote
{
    public static async Task WriteAsync(WorkerSettings settings, string name, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            await using var store = await SqliteStore.OpenBesideAsync(settings.DataDirectory, cancellationToken);
            await new ConnectionMemory(store).RememberAsync("", name, at, cancellationToken);
        }
        catch (StoreException)
        {
            // It is done; that it cannot be noted takes nothing from it.
        }
    }
}
