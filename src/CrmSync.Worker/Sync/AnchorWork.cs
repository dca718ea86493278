using CrmSync.Worker.Audit;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Sync;

/// <summary>Notes the audit's head outside the database, so that a tail that is cut off shows.</summary>
internal sealed partial class AnchorWork(ISyncStore store, string dataDirectory, ILogger<AnchorWork> log) : IRecurringWork
{
    private long _last = -1;

    public string Name => "anchor";
    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (sequence, hash) = await store.HeadAsync(cancellationToken);
        if (sequence == _last)
            return;
        await Anchors.AppendAsync(Path.Combine(dataDirectory, Anchors.FileName), now, sequence, hash, cancellationToken);
        _last = sequence;
        LogLine.Anchored(log, sequence, hash);
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The audit's head is row {Sequence}, {Hash}.")]
        public static partial void Anchored(ILogger logger, long sequence, string hash);
    }
}
