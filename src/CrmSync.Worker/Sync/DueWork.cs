using CrmSync.Worker.Connections;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>Puts leads whose hour has come into the inbox: deadlines, ends of cool-off, points that fade.</summary>
internal sealed class DueWork(ConnectedCrm connection, ISyncStore store) : IRecurringWork
{
    public string Name => $"due {connection.Name}";
    public TimeSpan Every => TimeSpan.FromMinutes(1);

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await store.RingDueAsync(connection.Name, now, TimeSpan.Zero, cancellationToken) > 0)
            connection.Bell.Ring();
    }
}
