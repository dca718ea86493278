using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Forgets inbox entries that are long done. They are kept longer than any sender repeats itself, since they are also
/// what a repeated delivery is recognised by.
/// </summary>
internal sealed class RetentionWork(ISyncStore store) : IRecurringWork
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(8);

    public string Name => "retention";
    public TimeSpan Every => TimeSpan.FromHours(6);

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken) => store.ForgetAsync(now - Kept, cancellationToken);
}
