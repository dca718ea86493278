using System.Globalization;
using CrmSync.Adapters;
using CrmSync.Worker.Connections;
using CrmSync.Worker.Schedule;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Walks the full list of leads once a day, when somebody asks for it, and at first start as the baseline: what the poll cannot see (deletions,
/// records that surfaced too late) is found here; a record that was erased is listed nowhere, so that what is known and was not
/// listed is looked at behind it. Its place is kept, so that a restart goes on where it stopped.
/// </summary>
internal sealed partial class SweepWork(ConnectedCrm connection, ConnectionMemory memory, ISyncStore store, TimeProvider clock, ILogger<SweepWork> log) : IRecurringWork
{
    private const string Cursor = "sweep";
    private const string Behind = "sweep-behind";

    /// <summary>Waiting entries above which a sweep lets the passes catch up.</summary>
    private const int Enough = 2_000;

    /// <summary>
    /// Known leads that a sweep did not list and that are looked at behind it; the next sweep goes on there. Not all of them were erased:
    /// one that became a deal may be in no list, and must not stand before the others for ever.
    /// </summary>
    private const int MostUnlisted = 2_000;

    private static readonly TimeSpan Rest = TimeSpan.FromDays(1);

    /// <summary>So long after the last one, a sweep that is asked for begins: a hundred reasons in a row are one.</summary>
    private static readonly TimeSpan RestAsked = TimeSpan.FromMinutes(10);
    private DateTimeOffset _restsUntil;

    public string Name => $"sweep {connection.Name}";
    public TimeSpan Every => TimeSpan.FromSeconds(2);

    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!connection.Gate.IsOpen(now) || !connection.Gate.MayRead || now < _restsUntil)
            return;
        try
        {
            // Between passes, when nothing waits: a connection configured as live starts once its baseline is complete.
            await memory.LiveSinceAsync(connection, now, cancellationToken);
            if (await BeginAsync(now, cancellationToken) is { } started)
                await WalkAsync(started, cancellationToken);
        }
        catch (CrmException rest) when (rest.IsOwnRest)
        {
            _restsUntil = rest.RetryAt ?? now + Rest;
            LogLine.SweepRests(log, connection.Name, rest.Message, _restsUntil);
        }
        catch (CrmException failure)
        {
            var until = connection.Gate.Failed(failure, clock.GetUtcNow(), out var isNews);
            LogLine.SweepFailed(log, isNews ? LogLevel.Warning : LogLevel.Information, connection.Name, failure.Failure, failure.Message, until);
        }
    }

    /// <summary>The start of the sweep that is under way or due; null while none is.</summary>
    private async Task<DateTimeOffset?> BeginAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await memory.InstantAsync(connection.Name, ConnectionMemory.SweepStarted, cancellationToken) is { } running)
            return running;
        var last = await memory.InstantAsync(connection.Name, ConnectionMemory.SweepEnded, cancellationToken);
        var asked = await memory.InstantAsync(connection.Name, ConnectionMemory.SweepAsked, cancellationToken);
        if (last + (asked is null ? Rest : RestAsked) > now)
            return null;
        await memory.RememberAsync(connection.Name, ConnectionMemory.SweepStarted, now, cancellationToken);
        // What asks from here on asks for the next one: this one may have passed by already.
        if (asked is not null)
            await memory.RememberAsync(connection.Name, ConnectionMemory.SweepAsked, null, cancellationToken);
        return now;
    }

    private async Task WalkAsync(DateTimeOffset started, CancellationToken cancellationToken)
    {
        var looksAtAll = await LooksAtAllAsync(cancellationToken);
        var position = await store.PositionAsync(connection.Name, Cursor, cancellationToken);
        while (await store.PendingAsync(connection.Name, cancellationToken) < Enough)
        {
            var page = await connection.Adapter.SweepAsync(position, cancellationToken);
            var entries = page.LeadIds.Select(id => new InboxEntry(Listed(started) + id, id));
            var standing = page.Standing.Where(_ => !looksAtAll).Select(id => new InboxEntry(Listed(started) + id, id) { NeedsNoLook = true });
            await store.AdvanceAsync(connection.Name, Cursor, [.. entries, .. standing], page.Position, clock.GetUtcNow(), cancellationToken);
            if (page.LeadIds.Count > 0)
                connection.Bell.Ring();
            if (page.Position is null)
            {
                await LookForErasedAsync(started, looksAtAll, cancellationToken);
                await EndAsync(cancellationToken);
                return;
            }
            position = page.Position;
        }
    }

    /// <summary>
    /// The first sweep, also the first one after a restore, looks behind itself at whatever it did not list, and so do those that go on
    /// there: what the records tell of lost steps is learnt from all of them.
    /// </summary>
    private async Task<bool> LooksAtAllAsync(CancellationToken cancellationToken) =>
        await memory.InstantAsync(connection.Name, ConnectionMemory.SweepEnded, cancellationToken) is null
        || await store.PositionAsync(connection.Name, Behind, cancellationToken) is not null;

    private static string Listed(DateTimeOffset started) => string.Create(CultureInfo.InvariantCulture, $"sweep:{started.ToUnixTimeSeconds()}:");

    private async Task LookForErasedAsync(DateTimeOffset started, bool looksAtAll, CancellationToken cancellationToken)
    {
        var place = await store.PositionAsync(connection.Name, Behind, cancellationToken);
        if (connection.Adapter.Quotas.Any(q => q.Resting.Contains("sweeps")))
        {
            // These looks are taken for decisions, which nothing lets rest: what is left of the day is for others.
            if (looksAtAll)
                await store.AdvanceAsync(connection.Name, Behind, [], place ?? "", clock.GetUtcNow(), cancellationToken);
            return;
        }
        var unlisted = await store.NotDeliveredAsync(connection.Name, Listed(started), place, MostUnlisted, cancellationToken);
        if (unlisted.Count == 0 && place is null)
            return;
        InboxEntry[] entries = [.. unlisted.Select(id => new InboxEntry($"not-{Listed(started)}{id}", id))];
        await store.AdvanceAsync(connection.Name, Behind, entries, unlisted.Count < MostUnlisted ? null : unlisted[^1], clock.GetUtcNow(), cancellationToken);
        connection.Bell.Ring();
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await memory.RememberAsync(connection.Name, ConnectionMemory.SweepEnded, now, cancellationToken);
        await memory.RememberAsync(connection.Name, ConnectionMemory.SweepStarted, null, cancellationToken);
        if (await memory.InstantAsync(connection.Name, ConnectionMemory.BaselineListed, cancellationToken) is null)
            await memory.RememberAsync(connection.Name, ConnectionMemory.BaselineListed, now, cancellationToken);
        LogLine.Swept(log, connection.Name);
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Swept all leads of {Connection}.")]
        public static partial void Swept(ILogger logger, string connection);

        [LoggerMessage(Level = LogLevel.Information, Message = "The sweep of {Connection} rests until {RetryAt:O}: {Problem}")]
        public static partial void SweepRests(ILogger logger, string connection, string problem, DateTimeOffset retryAt);

        [LoggerMessage(Message = "Sweeping {Connection} failed ({Failure}): {Problem} Next try at {RetryAt:O}.")]
        public static partial void SweepFailed(ILogger logger, LogLevel level, string connection, CrmFailure failure, string problem, DateTimeOffset retryAt);
    }
}
