using CrmSync.Worker.Connections;
using CrmSync.Worker.Storage;
using Microsoft.Extensions.Logging;

namespace CrmSync.Worker.Sync;

/// <summary>
/// Stops a mass mistake: when more leads would change stage in an hour than is plausible, our own moves stop and an admin
/// is asked. What people decide goes through.
/// </summary>
internal sealed partial class Brake(ConnectionMemory memory, ISyncStore store, ILogger<Brake> log)
{
    /// <summary>How long a lead rests whose move was wanted and not allowed.</summary>
    public static readonly TimeSpan HeldBackFor = TimeSpan.FromHours(1);

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>Moves an hour: 200 or 5 % of the known leads, whichever is smaller, never below 10.</summary>
    public static int LimitFor(int leads) => Math.Max(10, Math.Min(200, leads / 20));

    /// <summary>How many of the wanted moves may be made now; the brake is pulled when that is too few.</summary>
    public async Task<int> AllowAsync(string connection, int wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (wanted == 0)
            return 0;
        if (await memory.InstantAsync(connection, ConnectionMemory.ApprovedUntil, cancellationToken) > now)
            return wanted;
        if (await memory.InstantAsync(connection, ConnectionMemory.BrakeAt, cancellationToken) is not null)
            return 0;
        var (moves, leads) = await store.MovesSinceAsync(connection, now - Window, cancellationToken);
        var limit = LimitFor(leads);
        if (moves + wanted <= limit)
            return wanted;
        await memory.RememberAsync(connection, ConnectionMemory.BrakeAt, now, cancellationToken);
        LogLine.Braked(log, connection, moves + wanted, limit);
        return Math.Max(0, limit - moves);
    }

    /// <summary>Lets moves through for an hour, and looks again at the leads that waited. Answers how many.</summary>
    public async Task<int> ApproveAsync(string connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await memory.RememberAsync(connection, ConnectionMemory.ApprovedUntil, now + Window, cancellationToken);
        await memory.RememberAsync(connection, ConnectionMemory.BrakeAt, null, cancellationToken);
        return await store.RingDueAsync(connection, now, HeldBackFor, cancellationToken);
    }

    private static partial class LogLine
    {
        [LoggerMessage(Level = LogLevel.Error, Message =
            "{Connection}: {Wanted} leads would change stage within an hour, more than the {Limit} that are let through. Stopped. Look at 'crmsync plan {Connection}', then 'crmsync approve {Connection}', or mend the rules.")]
        public static partial void Braked(ILogger logger, string connection, int wanted, int limit);
    }
}
