using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage.Sqlite;

namespace CrmSync.Worker.Commands.Figures;

/// <summary>Up to when the data are in.</summary>
internal static class DataCutOff
{
    /// <summary>The last instant up to which every connection was polled; now where one never was.</summary>
    public static async Task<DateTimeOffset> OfAsync(SqliteStore store, TimeProvider clock, CancellationToken cancellationToken) =>
        await new ConnectionMemory(store).CutOffAsync(await store.Reports.ConnectionsAsync(cancellationToken), cancellationToken) ?? clock.GetUtcNow();
}
